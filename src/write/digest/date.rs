//! Days of a digest, as people and formats spell them; no clock is asked.

use jiff::civil::Date;

use crate::digest::view::{Count, Digest};

/// Longest timeline whose days without articles are shown, in days: two months still fit beside a story.
const LONGEST_TIMELINE: i32 = 62;

/// The day that `text` begins with: `2024-03-12`, alone or as RFC 3339.
pub(super) fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// `Tuesday, 12 March 2024`; what is not a day stays as it is.
pub(super) fn long(text: &str) -> String {
    day(text).map_or_else(|| text.to_owned(), |day| day.strftime("%A, %-d %B %Y").to_string())
}

/// `12 March 2024`; what is not a day stays as it is.
pub(super) fn short(text: &str) -> String {
    day(text).map_or_else(|| text.to_owned(), |day| day.strftime("%-d %B %Y").to_string())
}

/// Two days as a person says them: `10–12 March 2024`, `28 February – 1 March 2024`; one where they are the same.
pub(super) fn range(first: &str, last: &str) -> String {
    let (Some(from), Some(to)) = (day(first), day(last)) else {
        return if first == last { first.to_owned() } else { format!("{first} – {last}") };
    };
    let same = |unit: fn(Date) -> i16| unit(from) == unit(to);
    match (same(Date::year), same(|day| i16::from(day.month()))) {
        _ if from == to => short(first),
        (true, true) => format!("{}–{}", from.day(), short(last)),
        (true, false) => format!("{} – {}", from.strftime("%-d %B"), short(last)),
        (false, _) => format!("{} – {}", short(first), short(last)),
    }
}

/// Midnight of a day as RFC 3339 writes it; the beginning of 1970 where there is none, so that a format that needs a
/// time has one that nobody takes for true.
pub(super) fn midnight(day: Option<Date>) -> String {
    format!("{}T00:00:00Z", day.unwrap_or(UNKNOWN))
}

/// Midnight of a day as RFC 5322 writes it; see [`midnight`].
pub(super) fn mail(day: Option<Date>) -> String {
    day.unwrap_or(UNKNOWN).strftime("%a, %d %b %Y 00:00:00 +0000").to_string()
}

const UNKNOWN: Date = jiff::civil::date(1970, 1, 1);

/// The newest day of a digest: of those it covers, or else of its stories.
pub(super) fn newest(digest: &Digest) -> Option<Date> {
    let covered = digest.days.iter().filter_map(|text| day(text)).max();
    covered.or_else(|| digest.stories.iter().filter_map(|story| day(story.date.as_deref()?)).max())
}

/// A timeline with the days on which nothing was published; as it is where it is too long or its names are no days.
pub(super) fn daily(counts: &[Count]) -> Vec<Count> {
    let days: Option<Vec<Date>> = counts.iter().map(|count| day(&count.name)).collect();
    let Some((first, last)) = days.as_ref().and_then(|days| Some((*days.first()?, *days.last()?))) else {
        return counts.to_vec();
    };
    let long = (last - first).get_days() >= LONGEST_TIMELINE;
    if long || !counts.is_sorted_by(|a, b| a.name < b.name) {
        return counts.to_vec();
    }
    let mut filled: Vec<Count> = Vec::with_capacity(counts.len());
    let mut counts = counts.iter().peekable();
    for day in first.series(jiff::ToSpan::day(1)).take_while(|&day| day <= last) {
        let name = day.to_string();
        let count = counts.next_if(|count| count.name.starts_with(&name)).map_or(0, |count| count.count);
        filled.push(Count { name, count });
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_spelled_for_people_and_formats() {
        assert_eq!(long("2024-03-12"), "Tuesday, 12 March 2024");
        assert_eq!(short("2024-03-02T23:59:00+05:30"), "2 March 2024");
        assert_eq!(short("some day in spring"), "some day in spring");
        assert_eq!(range("2024-03-10", "2024-03-12"), "10–12 March 2024");
        assert_eq!(range("2024-02-28", "2024-03-01"), "28 February – 1 March 2024");
        assert_eq!(range("2023-03-10", "2024-03-12"), "10 March 2023 – 12 March 2024");
        assert_eq!(range("2024-03-12", "2024-03-12"), "12 March 2024");
        assert_eq!(range("spring", "2024-03-12"), "spring – 2024-03-12");
        assert_eq!(midnight(day("2024-03-12")), "2024-03-12T00:00:00Z");
        assert_eq!(mail(day("2024-03-02")), "Sat, 02 Mar 2024 00:00:00 +0000");
        assert_eq!(midnight(day("2024-02-31")), "1970-01-01T00:00:00Z");
        assert_eq!(day("日本語のテキスト"), None);
    }

    #[test]
    fn a_timeline_shows_the_days_without_articles() {
        let count = |name: &str, count| Count { name: name.to_owned(), count };
        let filled = daily(&[count("2024-02-28", 2), count("2024-03-01", 5)]);
        assert_eq!(filled, [count("2024-02-28", 2), count("2024-02-29", 0), count("2024-03-01", 5)]);
        let far = [count("2020-02-28", 2), count("2024-03-01", 5)];
        assert_eq!(daily(&far), far);
        let unordered = [count("2024-03-01", 2), count("2024-02-28", 5)];
        assert_eq!(daily(&unordered), unordered);
        assert_eq!(daily(&[count("spring", 1)]), [count("spring", 1)]);
    }
}
