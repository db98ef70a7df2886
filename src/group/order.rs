//! Whether a document is one: sentences that lead from one to the next, or statements without order, as opinions are.
//!
//! A sentence of an article need not name what the article is about, for it leans on those before it. A statement that
//! stands alone has to. So where nearly every sentence holds one and the same term, position tells nothing.

use crate::group::Member;

/// Share of the sentences, shrunk as below, that may hold one term before position counts for less. Of 3,471 articles the
/// median has .41, and nine have more than this; `docs/groups.md` says of which.
const ORDERED: f64 = 0.65;

/// Share from which on position does not count at all; of 21 collections of opinions 20 have .82 or more.
const UNORDERED: f64 = 0.8;

/// The share of a document of which nothing is known, and for how many sentences that belief stands: a short article may
/// well name its subject in each.
const PRIOR: (f64, f64) = (0.4, 20.0);

/// How far position counts in a member: 1 in an article, 0 among statements without order.
///
/// `(0.8 − s) / 0.15` between those, with `s = (most + 0.4 · 20) / (n + 20)`: `n` sentences that are no furniture, of
/// which `most` hold the commonest term that is no stop word. 1 too where no stop words are known, as any term may be
/// common there.
pub(super) fn order(member: &Member) -> f64 {
    let terms = &member.terms;
    if !terms.terms.iter().any(|term| term.stop) {
        return 1.0;
    }
    let mut holding = vec![0_u32; terms.terms.len()];
    let mut last = vec![usize::MAX; terms.terms.len()];
    let mut sentences = 0;
    for at in (0..terms.len()).filter(|&at| !member.sentences[at].furniture && terms.words[at] > 0) {
        sentences += 1;
        for &term in terms.segment(at) {
            let term = term as usize;
            if last[term] != at && !terms.terms[term].stop {
                last[term] = at;
                holding[term] += 1;
            }
        }
    }
    let most = f64::from(holding.into_iter().max().unwrap_or(0));
    let (share, weight) = PRIOR;
    let share = (most + share * weight) / (f64::from(sentences) + weight);
    ((UNORDERED - share) / (UNORDERED - ORDERED)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;

    #[test]
    fn statements_that_all_name_one_thing_have_no_order() {
        let opinions: Vec<String> = (0..60).map(|n| format!("The buttons felt number{n} to me.")).collect();
        assert!(order(&member("a", &opinions)) < 0.05);
    }

    #[test]
    fn an_article_keeps_its_order_however_short() {
        let article: Vec<String> = (0..60)
            .map(|n| if n % 3 == 0 { format!("The bridge lost bolt{n}.") } else { format!("It rained{n}.") })
            .collect();
        assert!(order(&member("a", &article)) > 0.99);
        let brief: Vec<String> = (0..6).map(|n| format!("The bridge lost bolt{n}.")).collect();
        assert!(order(&member("a", &brief)) > 0.99, "six sentences prove nothing");
    }
}
