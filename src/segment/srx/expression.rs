//! Expressions read: ICU's and Java's syntax, as far as it says something that can be kept exactly.

use super::classes;
use super::dialect::{Dialect, Flags};
use super::escapes::{Escape, escape};
use super::tree::{Look, Near, Node, all_but, any_of, one, span};
use regex_syntax::hir::ClassUnicode;

/// Deepest that groups and classes may stand in each other.
pub(super) const DEEPEST: usize = 100;
/// Most repetitions that a count may ask for.
const MOST_TIMES: u32 = 1000;

/// Reads `written` as an expression of `dialect`.
///
/// # Errors
/// What cannot be read, or not be kept exactly, in words.
pub(super) fn parse(written: &str, dialect: Dialect) -> Result<Node, String> {
    let mut reader = Reader { chars: written.chars().collect(), at: 0, flags: Flags::new(dialect), depth: 0 };
    let node = reader.alternatives()?;
    match reader.peek() {
        None => Ok(node),
        Some(c) => Err(format!("`{c}` closes nothing")),
    }
}

/// Where reading stands.
#[derive(Debug)]
pub(super) struct Reader {
    chars: Vec<char>,
    at: usize,
    pub(super) flags: Flags,
    pub(super) depth: usize,
}

impl Reader {
    /// The next character, left where it is.
    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// The next character, taken.
    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    /// Takes `text` where it stands next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.is_next(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    /// Whether `text` stands next.
    pub(super) fn is_next(&self, text: &str) -> bool {
        self.chars[self.at..].iter().copied().take(text.chars().count()).eq(text.chars())
    }

    /// Takes everything up to `end` and `end` itself.
    pub(super) fn until(&mut self, end: &str) -> Option<String> {
        let mut taken = String::new();
        while !self.eat(end) {
            taken.push(self.next()?);
        }
        Some(taken)
    }

    /// Takes characters as long as they are digits of `radix`, at most `most` of them.
    pub(super) fn digits(&mut self, radix: u32, most: usize) -> String {
        let rest = &self.chars[self.at..];
        let digits: String = rest.iter().take(most).take_while(|c| c.is_digit(radix)).collect();
        self.at += digits.len();
        digits
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        let mut ways = vec![self.sequence()?];
        while self.eat("|") {
            ways.push(self.sequence()?);
        }
        Ok(Node::alt(ways))
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        loop {
            if self.flags.spaced {
                self.skip_spaces();
            }
            match self.peek() {
                None | Some('|' | ')') => return Ok(Node::concat(nodes)),
                Some('*' | '+' | '?' | '{') => return Err("a count stands after nothing".to_owned()),
                Some(_) => {}
            }
            if self.eat(r"\Q") {
                let quoted = self.quoted();
                let mut chars: Vec<Node> = quoted.chars().map(|c| self.literal(c)).collect();
                if let Some(last) = chars.pop() {
                    nodes.extend(chars);
                    nodes.push(self.counted(last)?);
                }
            } else if let Some(node) = self.atom()? {
                let node = self.counted(node)?;
                nodes.push(node);
            }
        }
    }

    fn skip_spaces(&mut self) {
        while let Some(c) = self.peek() {
            if c == '#' {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.at += 1;
                }
            } else if c.is_whitespace() {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// What stands up to `\E`, or to the end; `\Q` was taken.
    pub(super) fn quoted(&mut self) -> String {
        let mut quoted = String::new();
        while !self.eat(r"\E") {
            let Some(c) = self.next() else { break };
            quoted.push(c);
        }
        quoted
    }

    /// One character, in its other case too where case plays no part.
    fn literal(&self, c: char) -> Node {
        Node::Class(self.flags.folded(one(c)))
    }

    /// One thing that a count can stand after; `None` where it was a comment or a change of flags.
    fn atom(&mut self) -> Result<Option<Node>, String> {
        Ok(Some(match self.next() {
            Some('(') => return self.group(),
            Some('[') => Node::Class(classes::bracket(self)?),
            Some('.') if self.flags.dot_all => Node::Class(span('\0', char::MAX)),
            Some('.') => Node::Class(all_but(&self.flags.line_ends())),
            Some('^') if self.flags.lines => Node::alt(vec![text_start(), self.line_start()]),
            Some('^') => text_start(),
            Some('$') if self.flags.lines => Node::alt(vec![text_end(), self.line_end()]),
            Some('$') => self.last_line_end(),
            Some('\\') => match escape(self)? {
                Escape::Char(c) => self.literal(c),
                Escape::Class(class) => Node::Class(class),
                Escape::Place(letter) => self.place(letter)?,
                Escape::LineBreak => Node::alt(vec![
                    Node::Concat(vec![Node::char('\r'), Node::char('\n')]),
                    Node::Class(any_of("\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029}")),
                ]),
            },
            Some(c) => self.literal(c),
            None => return Ok(None),
        }))
    }

    /// What the escapes ask that name places: `\b`, `\B`, `\A`, `\z`, `\Z`.
    fn place(&self, letter: char) -> Result<Node, String> {
        let word = || self.flags.word().ok_or_else(|| "words are not known".to_owned());
        Ok(match letter {
            'A' => text_start(),
            'z' => text_end(),
            'Z' => self.last_line_end(),
            'b' => beside_word(&word()?, true),
            _ => beside_word(&word()?, false),
        })
    }

    /// `$`: the end of the text, or before a last line end.
    fn last_line_end(&self) -> Node {
        let mut ends = vec![text_end()];
        let mut line_end = vec![Node::Concat(vec![Node::Class(self.flags.line_ends()), text_end()])];
        if !self.flags.unix_lines {
            line_end.push(Node::Concat(vec![Node::char('\r'), Node::char('\n'), text_end()]));
        }
        let last = Look { ahead: true, negative: false, node: Box::new(Node::alt(line_end)) };
        ends.push(Node::Concat(vec![Node::Look(last), self.inside_no_line_end()]));
        Node::alt(ends)
    }

    /// Not between `\r` and `\n`.
    fn inside_no_line_end(&self) -> Node {
        if self.flags.unix_lines {
            return Node::empty();
        }
        Node::alt(vec![near(false, all_but(&one('\r')), true), near(true, all_but(&one('\n')), true)])
    }

    fn line_start(&self) -> Node {
        // Java and ICU begin no line at the end of the text.
        let follows = near(true, span('\0', char::MAX), false);
        Node::Concat(vec![near(false, self.flags.line_ends(), false), follows, self.inside_no_line_end()])
    }

    fn line_end(&self) -> Node {
        Node::Concat(vec![near(true, self.flags.line_ends(), false), self.inside_no_line_end()])
    }

    fn group(&mut self) -> Result<Option<Node>, String> {
        if self.eat("?#") {
            return self.until(")").map(|_| None).ok_or_else(|| "a comment has no end".to_owned());
        }
        let outer = self.flags;
        let look = [("?<=", false, false), ("?<!", false, true), ("?=", true, false), ("?!", true, true)]
            .into_iter()
            .find(|(mark, ..)| self.is_next(mark));
        let mut alone = false;
        if let Some((mark, ..)) = look {
            self.eat(mark);
        } else if self.eat("?>") {
            alone = true;
        } else if self.eat("?<") {
            self.until(">").ok_or_else(|| "the name of a group has no end".to_owned())?;
        } else if self.eat("?") && !self.eat(":") {
            self.change_flags()?;
            if self.eat(")") {
                return Ok(None);
            }
            if !self.eat(":") {
                return Err("a group of an unknown kind".to_owned());
            }
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("groups stand more than {DEEPEST} deep in each other"));
        }
        let node = self.alternatives()?;
        self.depth -= 1;
        self.flags = outer;
        if !self.eat(")") {
            return Err("a group has no end".to_owned());
        }
        if alone && has_choices(&node) {
            return Err("a group that gives nothing back, `(?>…)`, is not known here".to_owned());
        }
        Ok(Some(match look {
            None => node,
            Some((_, ahead, negative)) => looked_for(node, ahead, negative),
        }))
    }

    fn change_flags(&mut self) -> Result<(), String> {
        let mut on = true;
        while let Some(c) = self.peek().filter(|c| !matches!(c, ')' | ':')) {
            self.at += 1;
            let java = self.flags.dialect == Dialect::Java;
            match c {
                '-' => on = false,
                'i' => self.flags.any_case = on,
                'm' => self.flags.lines = on,
                's' => self.flags.dot_all = on,
                'x' => self.flags.spaced = on,
                'u' if java => self.flags.unicode_case = on,
                // ICU's case is that of Unicode in any event.
                'u' if on => {}
                // Java's `U` brings `u` with it.
                'U' if java => (self.flags.unicode_class, self.flags.unicode_case) = (on, on),
                'd' if java => self.flags.unix_lines = on,
                _ => return Err(format!("the flag `{c}` is not known")),
            }
        }
        Ok(())
    }

    /// `node`, as often as the count says that stands next.
    fn counted(&mut self, node: Node) -> Result<Node, String> {
        if self.flags.spaced {
            self.skip_spaces();
        }
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => self.count()?,
            _ => return Ok(node),
        };
        self.at += 1;
        if min > MOST_TIMES || max.is_some_and(|max| max > MOST_TIMES) {
            return Err(format!("a count is more than {MOST_TIMES}"));
        }
        if max.is_some_and(|max| max < min) {
            return Err("a count ends below its start".to_owned());
        }
        let counted = if self.eat("+") { all_there_are(node, min, max)? } else { repeat(node, min, max) };
        // Whether few or many are tried first changes nothing about what matches.
        self.eat("?");
        match self.peek() {
            Some('*' | '+' | '?' | '{') => Err("a count stands after a count".to_owned()),
            _ => Ok(counted),
        }
    }

    /// The numbers of `{2,3}`, all but the last brace taken.
    fn count(&mut self) -> Result<(u32, Option<u32>), String> {
        let bad = || "a count in braces is not one".to_owned();
        self.at += 1;
        let min: u32 = self.digits(10, 9).parse().map_err(|_| bad())?;
        let max = if self.eat(",") {
            let digits = self.digits(10, 9);
            if digits.is_empty() { None } else { Some(digits.parse().map_err(|_| bad())?) }
        } else {
            Some(min)
        };
        if self.peek() == Some('}') { Ok((min, max)) } else { Err(bad()) }
    }
}

fn repeat(node: Node, min: u32, max: Option<u32>) -> Node {
    Node::Repeat { node: Box::new(node), min, max }
}

/// A count that gives nothing back: what follows is no further one.
fn all_there_are(node: Node, min: u32, max: Option<u32>) -> Result<Node, String> {
    let Node::Class(class) = &node else {
        return Err(
            "a count that gives nothing back, as in `a*+`, is known after one character alone".to_owned()
        );
    };
    let no_more = near(true, all_but(class), true);
    let Some(max) = max else { return Ok(Node::Concat(vec![repeat(node, min, None), no_more])) };
    let mut ways = vec![repeat(node.clone(), max, Some(max))];
    if max > min {
        ways.push(Node::Concat(vec![repeat(node, min, Some(max - 1)), no_more]));
    }
    Ok(Node::alt(ways))
}

/// Whether there is more than one way in which `node` can match at a place.
fn has_choices(node: &Node) -> bool {
    match node {
        Node::Class(_) | Node::Near(_) | Node::Look(_) => false,
        Node::Concat(nodes) => nodes.iter().any(has_choices),
        Node::Repeat { node, min, max } => *max != Some(*min) || has_choices(node),
        Node::Alt(_) => true,
    }
}

/// Whether `node` matches beside a place; of one character, that is a question about the class alone.
fn looked_for(node: Node, ahead: bool, negative: bool) -> Node {
    match node {
        Node::Class(class) if negative => near(ahead, all_but(&class), true),
        Node::Class(class) => near(ahead, class, false),
        node => Node::Look(Look { ahead, negative, node: Box::new(node) }),
    }
}

fn near(ahead: bool, class: ClassUnicode, edge: bool) -> Node {
    Node::Near(Near { ahead, class, edge })
}

fn text_start() -> Node {
    near(false, ClassUnicode::empty(), true)
}

fn text_end() -> Node {
    near(true, ClassUnicode::empty(), true)
}

/// Whether a word begins or ends at a place, or, without `edge`, neither.
fn beside_word(word: &ClassUnicode, edge: bool) -> Node {
    let side = |ahead: bool, in_word: bool| {
        if in_word { near(ahead, word.clone(), false) } else { near(ahead, all_but(word), true) }
    };
    let way = |left: bool, right: bool| Node::Concat(vec![side(false, left), side(true, right)]);
    Node::alt(vec![way(true, !edge), way(false, edge)])
}
