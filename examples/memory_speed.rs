//! How fast a translation memory is: `memory_speed FILE [UNITS] [QUERIES]` fills FILE with sentences made from a seed and looks some up.
//!
//! Sentences have 1 to 60 words, drawn as Zipf's law has it from 60,000; one in eight holds a number. A quarter of the queries are
//! in the memory, a quarter have one word in eight changed, a quarter one in four, and a quarter are new.
//! `memory_speed --tmx UNITS QUERIES` prints the same memory as TMX for other programs and, on standard error, the queries.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what is measured, and how far it is")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use nutgraf::bilingual::{Provenance, State};
use nutgraf::translate::leverage::Query;
use nutgraf::translate::tm::{Memory, Unit, Writer};

struct Chance(u64);

impl Chance {
    /// `SplitMix64` (Steele et al. 2014), below `below`.
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }

    /// A word by Zipf's law: as many of each power of two of ranks.
    fn word(&mut self) -> String {
        let octave = self.next(16);
        let rank = (1_u64 << octave) + self.next(1 << octave);
        let mut left = (rank % 60_000) * 2_654_435_761 % 1_000_003;
        let syllables = ["ba", "ten", "ri", "sol", "ma", "ke", "lu", "vor", "in", "da"];
        let mut word = String::new();
        for _ in 0..=(octave / 5).max(1) {
            word.push_str(syllables[usize::try_from(left % 10).unwrap_or(0)]);
            left /= 10;
        }
        write!(word, "{}", (b'a' + u8::try_from(left % 26).unwrap_or(0)) as char).expect("texts grow");
        word
    }

    fn sentence(&mut self) -> Vec<String> {
        let most = [6, 20, 30, 60][usize::try_from(self.next(4)).unwrap_or(0)];
        let words = 1 + self.next(most);
        let mut sentence: Vec<_> = (0..words).map(|_| self.word()).collect();
        if self.next(8) == 0 {
            sentence.push(format!("{},{:03}", 1 + self.next(99), self.next(1000)));
        }
        sentence
    }
}

fn text(words: &[String]) -> String {
    let mut text = words.join(" ");
    text.push('.');
    text
}

/// The sentences of the memory, and the queries.
fn queries(units: u64, queries: u64) -> Vec<String> {
    let mut chance = Chance(2);
    let kept = (units / queries.max(1)).max(1);
    let mut sentences = Chance(1);
    let mut all = Vec::new();
    for n in 0..units {
        let mut words = sentences.sentence();
        if n % kept != 0 || all.len() as u64 == queries {
            continue;
        }
        match all.len() % 4 {
            0 => {}
            3 => words = chance.sentence(),
            kind => {
                for word in &mut words {
                    if chance.next(if kind == 1 { 8 } else { 4 }) == 0 {
                        *word = chance.word();
                    }
                }
            }
        }
        all.push(text(&words));
    }
    all
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".into(), |line| line.trim().to_owned())
}

/// Processor time of this program so far, in seconds; 0 where the system does not tell. Linux counts it in hundredths.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split(' ');
    let ticks = fields.skip(12).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn tmx(units: u64, count: u64) {
    println!(
        "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header creationtool=\"x\" creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"x\" adminlang=\"en\" srclang=\"en\" datatype=\"plaintext\"/><body>"
    );
    let mut sentences = Chance(1);
    for n in 0..units {
        let source = text(&sentences.sentence());
        println!(
            "<tu><tuv xml:lang=\"en\"><seg>{source}</seg></tuv><tuv xml:lang=\"fr\"><seg>t{n} {source}</seg></tuv></tu>"
        );
    }
    println!("</body></tmx>");
    for query in queries(units, count) {
        eprintln!("{query}");
    }
}

/// Makes a memory of so many made-up units.
fn import(path: &Path, units: u64) -> Result<(), Box<dyn std::error::Error>> {
    let (start, worked) = (Instant::now(), processor());
    let mut writer = Writer::open(path)?;
    writer.begin("made.tmx", "en", "fr")?;
    let mut sentences = Chance(1);
    for n in 0..units {
        let source = text(&sentences.sentence());
        let target = format!("t{n} {source}");
        let unit = Unit {
            source,
            target,
            previous: None,
            next: None,
            state: State::Translated,
            name: String::new(),
            provenance: Provenance::default(),
        };
        if let Some(committed) = writer.add(unit)? {
            eprintln!("{} units", committed.added);
        }
    }
    let added = writer.commit()?.added;
    drop(writer);
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = std::fs::metadata(path)?.len() / 1_000_000;
    let worked = processor() - worked;
    println!(
        "import: {added} units in {seconds:.1} s, {worked:.1} s of processor time, {megabytes} MB, peak {}",
        peak()
    );
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("which file?")?;
    let units: u64 = args.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let count: u64 = args.next().map_or(Ok(1000), |n| n.parse())?;
    if path == "--tmx" {
        tmx(units, count);
        return Ok(());
    }
    let path = Path::new(&path);
    if !path.exists() {
        import(path, units)?;
    }
    let asked = queries(units, count);
    let memory = Memory::open(path, "en", "fr")?;
    for threshold in [75, 50, 75, 50] {
        let (start, worked) = (Instant::now(), processor());
        let (mut hits, mut worst) = ([0_u64; 4], 0.0_f64);
        for (n, source) in asked.iter().enumerate() {
            let one = Instant::now();
            let found = memory.lookup(&Query { source, ..Query::default() }, threshold, 3)?;
            hits[n % 4] += u64::from(!found.is_empty());
            worst = worst.max(one.elapsed().as_secs_f64());
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "threshold {threshold}: {} queries in {seconds:.2} s, {:.2} s of processor time, slowest {:.0} ms, found {hits:?}, peak {}",
            asked.len(),
            processor() - worked,
            worst * 1000.0,
            peak()
        );
    }
    Ok(())
}
