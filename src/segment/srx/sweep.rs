//! Which patterns match beside each of many places, found in one pass over the text.
//!
//! Walking from each place is faster where walks are short, as in prose. In a text like `A.A.A.A.` every walk may cross
//! the whole text; one pass then costs what the text's length does, whatever the rules.

use std::collections::BTreeMap;

use regex_automata::Input;
use regex_automata::hybrid::dfa::DFA;

use super::walk::{GOES_ON, Held};

/// The patterns that match beside each place.
#[derive(Debug)]
pub(super) struct Swept {
    /// For each place the number of its set.
    numbers: Vec<u32>,
    sets: Vec<Vec<usize>>,
}

impl Swept {
    /// Runs `dfa` over all of `text`, against the direction in which its patterns match from the `places`.
    pub(super) fn new(dfa: &DFA, text: &[u8], places: &[usize], ahead: bool) -> Self {
        let mut cache = dfa.create_cache();
        let mut held = Held::new(dfa.pattern_len());
        let mut swept = Self { numbers: Vec::with_capacity(places.len()), sets: Vec::new() };
        let mut known: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
        let input = Input::new(text);
        let start = if ahead {
            dfa.start_state_reverse(&mut cache, &input)
        } else {
            dfa.start_state_forward(&mut cache, &input)
        };
        let mut state = start.expect(GOES_ON);
        let mut left = places.len();
        for step in 0..text.len() {
            // The state behind this byte tells what matches up to it.
            let (byte, place) =
                if ahead { (text[text.len() - 1 - step], text.len() - step) } else { (text[step], step) };
            state = dfa.next_state(&mut cache, state, byte).expect(GOES_ON);
            let next = if ahead { left.checked_sub(1) } else { Some(places.len() - left) };
            if left == 0 || next.and_then(|next| places.get(next)) != Some(&place) {
                continue;
            }
            left -= 1;
            held.clear();
            if state.is_match() {
                held.add(dfa, &cache, state);
            }
            let set: Vec<usize> = held.numbers().collect();
            let number = *known.entry(set).or_insert_with_key(|set| {
                swept.sets.push(set.clone());
                u32::try_from(swept.sets.len() - 1).expect("there are fewer sets than bytes of text")
            });
            swept.numbers.push(number);
        }
        if ahead {
            swept.numbers.reverse();
        }
        swept
    }

    /// Leaves in `held` what matches beside the place `number`.
    pub(super) fn at(&self, number: usize, held: &mut Held) {
        held.clear();
        held.extend(&self.sets[self.numbers[number] as usize]);
    }
}
