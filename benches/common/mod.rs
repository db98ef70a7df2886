//! Articles that read like English news to a program, made from a seed: the same bytes everywhere, at any size.
//!
//! Words follow Zipf's law (function words first, then invented ones), a few of them again and again within one
//! article; sentences hold abbreviations, numbers, names and quotations; sizes are lognormal with a median of 4 kB.

/// Function words of English, most frequent first.
const FUNCTION_WORDS: &str = "the of to and a in is that for it on was with as by at be from has his he are not they \
                              which but have an had were this or their who will one would been more its about than";

/// Invented words in the vocabulary.
const INVENTED: usize = 20_000;

/// Words that an article comes back to.
const TOPIC: usize = 24;

const MEDIAN_BYTES: f64 = 4_000.0;

/// Spread of the logarithm of sizes: two articles of three lie between 2 and 8 kB.
const SPREAD: f64 = 0.7;

/// One article.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

impl Article {
    /// The article as a line of JSON, with its line feed.
    pub(crate) fn to_json_line(&self) -> String {
        let Self { id, title, text } = self;
        format!("{}\n", serde_json::json!({"id": id, "title": title, "lang": "en", "text": text}))
    }
}

/// Endless articles.
#[derive(Debug)]
pub(crate) struct Articles {
    random: Random,
    words: Vec<String>,
    /// How often a word of this rank or before it is drawn.
    cumulated: Vec<f64>,
    topic: Vec<usize>,
    made: u64,
}

impl Articles {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut words: Vec<String> = FUNCTION_WORDS.split_whitespace().map(str::to_owned).collect();
        words.extend((0..INVENTED).map(|_| invented(&mut random)));
        let mut sum = 0.0;
        let weights = (0..words.len()).map(|rank| {
            sum += 1.0 / (real(rank) + 2.7); // Zipf's law as Mandelbrot (1953) mended it.
            sum
        });
        let cumulated = weights.collect();
        Self { random, words, cumulated, topic: Vec::new(), made: 0 }
    }

    /// As many articles as make this many bytes of text.
    pub(crate) fn of_bytes(self, bytes: usize) -> Vec<Article> {
        let mut left = bytes;
        self.take_while(|article| {
            let more = left > 0;
            left = left.saturating_sub(article.text.len());
            more
        })
        .collect()
    }

    fn any_word(&mut self) -> usize {
        let all = self.cumulated.last().copied().unwrap_or_default();
        let drawn = self.random.share() * all;
        self.cumulated.partition_point(|&sum| sum < drawn).min(self.words.len() - 1)
    }

    fn word(&mut self) -> usize {
        if self.random.once_in(5) { self.topic[self.random.below(TOPIC)] } else { self.any_word() }
    }

    fn name(&mut self) -> String {
        let from = self.words.len() - INVENTED;
        capital(&self.words[from + self.random.below(INVENTED)])
    }

    fn sentence(&mut self, out: &mut String) {
        let quoted = self.random.once_in(8);
        if quoted {
            out.push('“');
        }
        let length = 6 + self.random.below(14) + self.random.below(14);
        for at in 0..length {
            let word = match self.random.below(60) {
                0 => format!("Dr. {}", self.name()),
                1 => format!("{}.{}", 1 + self.random.below(90), self.random.below(10)),
                2 => format!("{},000", 1 + self.random.below(90)),
                3 => ["the U.S.", "Jan. 5", "at 3 p.m.", "St. John’s", "café", "it’s"][self.random.below(6)]
                    .to_owned(),
                4 | 5 => self.name(),
                _ => {
                    let word = self.word();
                    self.words[word].clone()
                }
            };
            out.push_str(if at == 0 { "" } else { " " });
            out.push_str(&if at == 0 { capital(&word) } else { word });
            if at + 3 < length && at > 1 && self.random.once_in(12) {
                out.push(',');
            }
        }
        if quoted {
            out.push_str(",” said ");
            out.push_str(&self.name());
        }
        out.push_str(if self.random.once_in(30) { "?" } else { "." });
    }
}

impl Iterator for Articles {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        self.topic = (0..TOPIC).map(|_| self.any_word().max(40)).collect();
        let bytes = MEDIAN_BYTES * libm::exp(SPREAD * self.random.normal());
        let title: Vec<usize> = (0..7).map(|_| self.word()).collect();
        let title: Vec<&str> = title.into_iter().map(|word| self.words[word].as_str()).collect();
        let title = capital(&title.join(" "));
        let mut text = String::new();
        while real(text.len()) < bytes {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            for at in 0..=self.random.below(4) {
                text.push_str(if at == 0 { "" } else { " " });
                self.sentence(&mut text);
            }
        }
        self.made += 1;
        Some(Article { id: format!("a{}", self.made), title, text })
    }
}

fn invented(random: &mut Random) -> String {
    const ONSETS: [&str; 16] =
        ["b", "br", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v"];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "e"];
    const CODAS: [&str; 8] = ["", "", "n", "r", "s", "l", "ck", "nd"];
    const ENDINGS: [&str; 10] = ["", "", "", "s", "ed", "ing", "er", "ly", "tion", "ness"];
    let mut word = String::new();
    for _ in 0..=random.below(3) {
        for part in [ONSETS[random.below(16)], VOWELS[random.below(8)], CODAS[random.below(8)]] {
            word.push_str(part);
        }
    }
    word + ENDINGS[random.below(10)]
}

fn capital(word: &str) -> String {
    let first = word.chars().next().map_or(0, char::len_utf8);
    word[..first].to_uppercase() + &word[first..]
}

#[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

/// xorshift64* (Marsaglia 2003, Vigna 2016).
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next()).map_or(0, |n| n % most)
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Between 0 and 1.
    fn share(&mut self) -> f64 {
        real(self.below(1 << 24)) / real(1 << 24)
    }

    /// Mean 0, deviation 1, about: a sum of twelve shares.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}
