//! The order in which a reader meets the documents of a group.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::group::Member;

/// The place of each member among all: dated ones by date, a day before its times, and those of one date in the order of
/// the input. Undated ones keep the place that they have in the input.
pub(super) fn places(members: &[Member]) -> Vec<usize> {
    let dates: Vec<Option<Timestamp>> = members.iter().map(date).collect();
    let slots: Vec<usize> = (0..members.len()).filter(|&at| dates[at].is_some()).collect();
    let mut dated = slots.clone();
    dated.sort_by_key(|&at| dates[at]);
    let mut places: Vec<usize> = (0..members.len()).collect();
    for (&slot, &member) in slots.iter().zip(&dated) {
        places[member] = slot;
    }
    places
}

/// When a document was published; a day is its beginning in UTC.
fn date(member: &Member) -> Option<Timestamp> {
    let published = member.meta.published.as_deref()?;
    if let Ok(time) = published.parse::<Timestamp>() {
        return Some(time);
    }
    let day = published.parse::<Date>().ok()?;
    Offset::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;

    fn dated(published: &[Option<&str>]) -> Vec<usize> {
        let with = |published: Option<&str>| {
            let mut member = member("m", &["One."]);
            member.meta.published = published.map(str::to_owned);
            member
        };
        places(&published.iter().copied().map(with).collect::<Vec<_>>())
    }

    #[test]
    fn dates_rise_and_what_has_none_stays_where_it_stood() {
        assert_eq!(dated(&[Some("2024-03-12"), None, Some("2024-03-11")]), [2, 1, 0]);
        assert_eq!(dated(&[None, None]), [0, 1]);
        assert_eq!(dated(&[Some("2024-03-11"), Some("2024-03-11")]), [0, 1]);
    }

    #[test]
    fn times_are_compared_across_offsets_and_a_day_comes_before_its_times() {
        let times = ["2024-03-12T01:00:00+05:00", "2024-03-11T19:00:00Z", "2024-03-12"];
        assert_eq!(dated(&times.map(Some)), [1, 0, 2]);
    }
}
