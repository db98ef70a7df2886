//! Summaries of groups of documents.
//!
//! A document alone shows nothing in these formats: its group does, when the last document is known.

mod jsonl;
mod markdown;
mod text;

pub use jsonl::Jsonl;
pub use markdown::Markdown;
pub use text::Text;

use crate::group::Member;
use crate::write::about::known;

/// A document on one line: title, who and when, those which are known, else its id; then where it was found.
fn source(member: &Member) -> String {
    let title = member.meta.title.as_deref();
    let mut parts: Vec<&str> = title.into_iter().chain(known(&member.meta)).collect();
    if parts.is_empty() {
        parts.push(&member.id);
    }
    parts.push(&member.place);
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;
    use crate::group::{Group, Weights, summarize};
    use crate::rank::Budget;
    use crate::write::Writer;

    fn rendered(writer: &dyn Writer) -> String {
        let mut members = [
            member("a", &["The bridge *closed* on Monday.", "Ferries run."]),
            member("b", &["The bridge closed.", "It has cracks."]),
        ];
        members[0].meta.title = Some("Bridge shut".to_owned());
        members[0].meta.published = Some("2024-03-12".to_owned());
        let group = summarize("corran\u{1b}", &members, &Weights::default(), Budget::Sentences(2));
        let mut out = Vec::new();
        writer.render_group(&group, &mut out);
        writer.render_group(&Group { summary: Vec::new(), members: &[], ..group }, &mut out);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_group_is_one_line_of_json() {
        let shown = rendered(&Jsonl {});
        let lines: Vec<serde_json::Value> =
            shown.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines[0]["docs"], serde_json::json!(["a", "b"]));
        assert!(shown.starts_with(r#"{"group":"corran\u001b","summary":{"sentences":["#), "{shown}");
        assert!(
            shown.ends_with("\"summary\":{\"sentences\":[],\"segments\":[],\"words\":0},\"docs\":[]}\n"),
            "{shown}"
        );
    }

    #[test]
    fn a_group_reads_as_title_summary_and_sources() {
        let shown = "## corran\\\\u{1b}\n\nThe bridge \\*closed\\* on Monday. It has cracks.\n\n\
            - Bridge shut · 2024-03-12 · a.txt\n- b · b.txt\n\n";
        assert!(rendered(&Markdown {}).starts_with(shown), "{}", rendered(&Markdown {}));
        let shown = "corran\\u{1b}\nThe bridge *closed* on Monday. It has cracks.\n\
            Bridge shut · 2024-03-12 · a.txt\nb · b.txt\n\n";
        assert!(rendered(&Text::default()).starts_with(shown), "{}", rendered(&Text::default()));
    }
}
