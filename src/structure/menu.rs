//! Menus of a page that was saved as bare lines: long runs of labels, which part the article from what is none of it.

use std::ops::Range;

use crate::doc::block::{BlockKind, Role};
use crate::structure::header::Verdict;
use crate::structure::lines::{Ending, Line};
use crate::structure::patterns::Hit;

/// Fewest labels, one after the other, that make a menu.
const LABELS: usize = 8;
/// Most words of a label.
const WORDS: usize = 4;
/// Least share of the longest part's prose, in percent, that another part needs to be article too.
const SHARE: usize = 20;

/// The lines among which the article stands: all of them, unless menus part them and most of the prose is in one part.
pub(super) fn article(lines: &[Line<'_>], hits: &[Option<Hit>]) -> Range<usize> {
    let parts = parts(lines);
    let prose = |part: &Range<usize>| -> usize {
        part.clone().filter(|i| hits[*i].is_none() && lines[*i].is_prose()).map(|i| lines[i].text.len()).sum()
    };
    let most = parts.iter().map(prose).max().unwrap_or_default();
    if parts.len() < 2 || most == 0 {
        return 0..lines.len();
    }
    let enough = |part: &&Range<usize>| prose(part) * 100 >= most * SHARE;
    let start = parts.iter().find(enough).map_or(0, |part| part.start);
    let end = parts.iter().rfind(enough).map_or(lines.len(), |part| part.end);
    start..end
}

/// Roles of the lines outside the article's part.
pub(super) fn outside(hits: &[Option<Hit>], part: &Range<usize>, verdicts: &mut [Option<Verdict>]) {
    for (i, verdict) in verdicts.iter_mut().enumerate().filter(|(i, _)| !part.contains(i)) {
        *verdict = Some(hits[i].map_or((Role::Navigation, 0.6), |hit| (hit.role, 0.9)));
    }
}

/// The stretches between menus. The last label of a menu may be a headline or a name and goes with what follows.
fn parts(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut run) = (0, 0);
    for i in 0..=lines.len() {
        if lines.get(i).is_some_and(is_label) {
            run += 1;
            continue;
        }
        if run >= LABELS {
            parts.push(start..i - run);
            start = if i < lines.len() { i - 1 } else { i };
        }
        run = 0;
    }
    parts.push(start..lines.len());
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_label(line: &Line<'_>) -> bool {
    line.ending == Ending::Open && line.words <= WORDS && line.kind != BlockKind::ListItem
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::document::Field;
    use crate::structure::blocks::cut;

    const PROSE: &str =
        "Engineers closed the harbour bridge on Monday after two cracks were found in its main girder.";

    fn part(text: &str) -> Range<usize> {
        let field = Field::plain(text.to_owned());
        let lines = cut(&field);
        article(&lines, &vec![None; lines.len()])
    }

    #[test]
    fn a_long_menu_parts_the_article_from_a_stray_sentence() {
        let menu = "World\nSport\nScience\nTravel\nMoney\nFood\nBooks\nFilm\nMusic";
        let text = format!("{PROSE}\n{menu}\nBridge shut at dawn\n{}", [PROSE; 6].join("\n"));
        assert_eq!(part(&text), 10..17, "from the last label on, which may be a headline");
    }

    #[test]
    fn without_a_long_menu_everything_may_be_article() {
        let text = format!("World\nSport\n{PROSE}\nScience\nTravel");
        assert_eq!(part(&text), 0..5);
        assert_eq!(part("World\nSport\nScience\nTravel\nMoney\nFood\nBooks\nFilm\nMusic"), 0..9);
    }
}
