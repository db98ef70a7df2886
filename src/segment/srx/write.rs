//! Rules written as SRX 2.0.

use std::fmt::Write;

use super::file::{RuleFile, SRX};

/// `file` as XML that is valid by the schema of SRX 2.0, and with Okapi's options, which the schema does not foresee,
/// where any is set.
///
/// The schema wants at least one list, a rule in each, and a language map. Control characters, which XML cannot hold,
/// are written as `\x{…}`, which expressions read as the same. Lines are not kept.
pub fn write(file: &RuleFile) -> String {
    let yes = |on: bool| if on { "yes" } else { "no" };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let okapi = file.options != super::file::Options::default();
    let extension = if okapi { " xmlns:okpsrx=\"http://okapi.sf.net/srx-extensions\"" } else { "" };
    let mut line = |text: std::fmt::Arguments<'_>| {
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "{text}");
    };
    line(format_args!("<srx xmlns=\"{SRX}\"{extension} version=\"2.0\">"));
    let (subflows, cascade) = (yes(file.subflows), yes(file.cascade));
    line(format_args!("<header segmentsubflows=\"{subflows}\" cascade=\"{cascade}\">"));
    let codes = [("start", file.codes.start), ("end", file.codes.end), ("isolated", file.codes.isolated)];
    for (kind, include) in codes {
        line(format_args!("<formathandle type=\"{kind}\" include=\"{}\"/>", yes(include)));
    }
    if okapi {
        let options = [
            ("useJavaRegex", file.options.java),
            ("useIcu4jBreakRules", file.options.unicode_breaks),
            ("treatIsolatedCodesAsWhitespace", file.options.isolated_as_space),
        ];
        let options = options.map(|(key, on)| format!(" {key}=\"{}\"", yes(on))).concat();
        line(format_args!("<okpsrx:options{options}/>"));
    }
    line(format_args!("</header>\n<body>\n<languagerules>"));
    for list in &file.lists {
        line(format_args!("<languagerule languagerulename=\"{}\">", escaped(&list.name)));
        for rule in &list.rules {
            line(format_args!("<rule break=\"{}\">", yes(rule.breaks)));
            line(format_args!("<beforebreak>{}</beforebreak>", escaped(&rule.before)));
            line(format_args!("<afterbreak>{}</afterbreak>\n</rule>", escaped(&rule.after)));
        }
        line(format_args!("</languagerule>"));
    }
    line(format_args!("</languagerules>\n<maprules>"));
    for map in &file.maps {
        let (pattern, list) = (escaped(&map.pattern), escaped(&map.list));
        line(format_args!("<languagemap languagepattern=\"{pattern}\" languagerulename=\"{list}\"/>"));
    }
    line(format_args!("</maprules>\n</body>\n</srx>"));
    xml
}

/// Text as elements and attributes hold it, so that it is read as it was.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let _ = match c {
            '<' => write!(escaped, "&lt;"),
            '>' => write!(escaped, "&gt;"),
            '&' => write!(escaped, "&amp;"),
            '"' => write!(escaped, "&quot;"),
            '\t' | '\n' | '\r' => write!(escaped, "&#{};", u32::from(c)),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => write!(escaped, "\\x{{{:x}}}", u32::from(c)),
            c => write!(escaped, "{c}"),
        };
    }
    escaped
}
