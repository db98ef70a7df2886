use std::fmt::Write as _;
use std::path::PathBuf;

use super::export::{Format, export};
use super::import::import;
use super::*;
use crate::bilingual::{Head, Neighbour, Provenance, Row, Stamp, State};
use crate::translate::leverage::{Note, Tokens, fuzzy};

fn row(id: &str, source: &str, target: &str) -> Row {
    Row { id: id.into(), source: source.into(), target: Some(target.into()), ..Row::default() }
}

fn put(path: &Path, file: &str, rows: &[Row]) -> Imported {
    let mut writer = Writer::open(path).unwrap();
    let mut feed = |take: &mut dyn FnMut(Row)| {
        rows.iter().cloned().for_each(take);
        Ok(Head { source_lang: Some("en".into()), target_lang: Some("fr".into()) })
    };
    import(&mut writer, file, true, &mut feed, &mut |_| ()).unwrap()
}

fn memory(rows: &[Row]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.tm");
    put(&path, "harbour.xlf", rows);
    (folder, path)
}

fn lookup(path: &Path, source: &str, threshold: u8) -> Vec<Match> {
    let memory = Memory::open(path, "en", "fr").unwrap();
    memory.lookup(&Query { source, ..Query::default() }, threshold, 3).unwrap()
}

fn shown(found: &[Match]) -> String {
    let lines = found.iter().map(|found| {
        let notes: Vec<_> = found.notes.iter().map(|note| note.name()).collect();
        format!("{} {} [{}] {}", found.percent, found.target, found.origin, notes.join(" "))
            .trim_end()
            .to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_best_matches_come_first_each_target_once() {
    let (_folder, path) = memory(&[
        row("a", "The ferry left at 9.", "Le ferry est parti à 9 h."),
        row("b", "The ferry never left.", "Le ferry n’est jamais parti."),
        row("c", "The tide turned.", "La marée a tourné."),
        row("d", "The ferry left.", "Le ferry est parti."),
        row("e", "The ferry left!", "Le ferry est parti."),
    ]);
    insta::assert_snapshot!(shown(&lookup(&path, "The ferry left.", 50)), @r"
    100 Le ferry est parti. [harbour.xlf#d]
    80 Le ferry n’est jamais parti. [harbour.xlf#b] negation-changed
    66 Le ferry est parti à 9 h. [harbour.xlf#a]
    ");
    insta::assert_snapshot!(shown(&lookup(&path, "The ferry left at 10.", 75)), @"99 Le ferry est parti à 10 h. [harbour.xlf#a] numbers-adapted");
    assert_eq!(lookup(&path, "Nothing of this is known", 50), []);
    assert_eq!(lookup(&path, " ", 50), []);
}

#[test]
fn what_differs_by_a_date_alone_is_found_where_words_and_marks_would_be_too_few() {
    let (_folder, path) = memory(&[
        row("a", "3 May 2023", "3 mai 2023"),
        row("b", "4 June 2021 again", "4 juin 2021 encore"),
        row("c", "4 June", "4 juin"),
    ]);
    insta::assert_snapshot!(shown(&lookup(&path, "14 July 2022", 75)), @"99 14 juillet 2022 [harbour.xlf#a] dates-adapted");
}

#[test]
fn neighbours_make_an_exact_match_one_in_context() {
    let (_folder, path) = memory(&[
        row("1", "Harbour news", "Nouvelles du port"),
        row("2", "Open", "Ouvert"),
        row("3", "Ferries run again.", "Les ferries circulent."),
        row("4", "Open", "Ouvrir"),
        row("5", "Close", "Fermer"),
    ]);
    let memory = Memory::open(&path, "en-GB", "fr-CA").unwrap();
    let query = Query { source: "Open", previous: Some("Ferries run  again."), next: Some("Close") };
    let found = memory.lookup(&query, 75, 3).unwrap();
    insta::assert_snapshot!(shown(&found), @r"
    101 Ouvrir [harbour.xlf#4]
    100 Ouvert [harbour.xlf#2]
    ");
    let other = Memory::open(&path, "en", "de").unwrap();
    assert_eq!(other.lookup(&query, 75, 3).unwrap(), [], "another language");
}

#[test]
fn the_first_and_the_last_of_a_document_are_in_context_by_their_only_neighbour() {
    let at = |document, row| Row { document, ..row };
    let (_folder, path) = memory(&[
        at(0, row("1", "Open", "Ouvert")),
        at(0, row("2", "Ferries run again.", "Les ferries circulent.")),
        at(0, row("3", "Close", "Fermer")),
        at(1, row("4", "Open", "Ouvrir")),
        at(1, row("5", "Ferries stop.", "Les ferries s’arrêtent.")),
        at(2, row("6", "Alone", "Seul")),
    ]);
    let memory = Memory::open(&path, "en", "fr").unwrap();
    let best = |previous, source, next| {
        let found = memory.lookup(&Query { source, previous, next }, 75, 1).unwrap();
        format!("{} {}", found[0].percent, found[0].target)
    };
    assert_eq!(best(None, "Open", Some("Ferries stop.")), "101 Ouvrir");
    assert_eq!(best(None, "Open", Some("Ferries run again.")), "101 Ouvert");
    assert_eq!(best(Some("Ferries run again."), "Close", None), "101 Fermer");
    assert_eq!(
        best(Some("Ferries run again."), "Close", Some("Open")),
        "100 Fermer",
        "it was the last there"
    );
    assert_eq!(best(None, "Close", None), "100 Fermer", "nothing is known of its neighbours");
    assert_eq!(best(None, "Alone", None), "100 Seul", "nor of those of this one");
}

#[test]
fn neighbours_come_through_an_export() {
    let untranslated = Row { target: None, ..row("3", "Close & lock", "") };
    let rows = [row("1", "Open", "Ouvert"), row("2", "Ferries  “run”.", "Les ferries."), untranslated];
    let (_folder, path) = memory(&rows);
    let exported = |path: &Path| {
        let mut out = Vec::new();
        export(path, None, None, Format::Tmx, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let first = exported(&path);
    assert!(first.contains("<prop type=\"x-context-pre\">Open</prop>"), "{first}");
    let folder = tempfile::tempdir().unwrap();
    let again = folder.path().join("again.tm");
    let mut writer = Writer::open(&again).unwrap();
    let mut feed = |take: &mut dyn FnMut(Row)| {
        crate::bilingual::read::read(
            &mut first.as_bytes(),
            "first.tmx",
            &crate::bilingual::read::Options::default(),
            take,
        )
    };
    import(&mut writer, "harbour.xlf", false, &mut feed, &mut |_| ()).unwrap();
    let without = |text: String| -> Vec<_> {
        text.lines().filter(|line| !line.contains("x-origin")).map(ToOwned::to_owned).collect()
    };
    assert_eq!(without(exported(&again)), without(first.clone()));
    let memory = Memory::open(&again, "en", "fr").unwrap();
    let query = Query { source: "Ferries \"run\".", previous: Some("Open"), next: Some("Close & lock") };
    assert_eq!(memory.lookup(&query, 75, 1).unwrap()[0].percent, 101);
}

#[test]
fn a_neighbour_that_the_file_names_goes_before_the_one_beside() {
    let named = Row { context: [Some(Neighbour::Text("Ebb.".into())), None], ..row("b", "Tide", "Marée") };
    let (_folder, path) = memory(&[row("a", "Open", "Ouvert"), named, row("c", "Close", "Fermer")]);
    let memory = Memory::open(&path, "en", "fr").unwrap();
    let percent =
        |previous, next| memory.lookup(&Query { source: "Tide", previous, next }, 75, 1).unwrap()[0].percent;
    assert_eq!((percent(Some("Ebb."), None), percent(Some("Open"), Some("Close"))), (101, 100));
}

fn dated(id: &str, target: &str, changed: &str, by: &str) -> Row {
    let provenance =
        Provenance { changed: Stamp::parse(changed), changed_by: Some(by.into()), ..Provenance::default() };
    Row { provenance: Some(Box::new(provenance)), ..row(id, "The tide turned.", target) }
}

#[test]
fn of_equal_matches_the_newest_comes_first_and_tells_who_made_it() {
    let rows = [
        dated("a", "La marée tourna.", "20210101T000000Z", "max"),
        dated("b", "La marée a tourné.", "20230503T101500Z", "ida"),
        row("c", "The tide turned.", "La marée s’est inversée."),
        dated("d", "La marée a viré.", "20220101T000000Z", "leo"),
    ];
    let (_folder, path) = memory(&rows);
    let told: Vec<_> =
        lookup(&path, "The tide turned.", 75).iter().map(|found| found.provenance.told()).collect();
    assert_eq!(
        told,
        [
            "changed 2023-05-03 10:15 by ida",
            "changed 2022-01-01 00:00 by leo",
            "changed 2021-01-01 00:00 by max"
        ]
    );
}

#[test]
fn the_newest_of_what_is_told_of_a_unit_is_kept_whatever_is_imported_first() {
    let rows =
        [dated("a", "Marée", "20210101T000000Z", "max"), dated("a", "Marée", "20230503T101500Z", "ida")];
    let back = [rows[1].clone(), row("a", "The tide turned.", "Marée"), rows[0].clone()];
    for rows in [rows.as_slice(), &back] {
        let (_folder, path) = memory(&[]);
        for row in rows {
            put(&path, "tide.tmx", std::slice::from_ref(row));
        }
        let found = lookup(&path, "The tide turned.", 75);
        assert_eq!(found[0].provenance.told(), "changed 2023-05-03 10:15 by ida");
    }
}

#[test]
fn a_memory_of_version_1_is_read_as_it_is_and_made_one_of_ours_by_the_first_import() {
    let (_folder, path) = memory(&[row("a", "The tide turned.", "La marée a tourné.")]);
    let older = Connection::open(&path).unwrap();
    for column in ["changed", "created", "changed_by", "created_by", "tool", "client", "project"] {
        older.execute_batch(&format!("ALTER TABLE unit DROP COLUMN {column}")).unwrap();
    }
    older.pragma_update(None, "user_version", 1).unwrap();
    drop(older);
    let found = |percent| {
        let found = lookup(&path, "The tide turned!", 60);
        assert_eq!((found[0].percent, &*found[0].target), (percent, "La marée a tourné."));
        found[0].provenance.told()
    };
    assert_eq!(found(75), "");
    let mut out = Vec::new();
    assert_eq!(export(&path, None, None, Format::Tmx, &mut out).unwrap(), 1);
    assert_eq!(stats(&path).unwrap().pairs[0].units, 1);
    put(&path, "new.tmx", &[dated("b", "La marée a tourné.", "20230503T101500Z", "ida")]);
    assert_eq!(found(75), "changed 2023-05-03 10:15 by ida");
    let version: i64 =
        Connection::open(&path).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 2);
}

#[test]
fn what_is_imported_again_is_known_and_keeps_where_it_was_met() {
    let rows = [row("a", "The tide turned.", "La marée a tourné.")];
    let (_folder, path) = memory(&rows);
    assert_eq!(put(&path, "second.xlf", &rows), Imported { added: 0, known: 1 });
    let counted = stats(&path).unwrap();
    assert_eq!(counted.files, [("harbour.xlf".to_owned(), 1), ("second.xlf".to_owned(), 1)]);
    assert_eq!((counted.pairs[0].units, counted.pairs[0].sources), (1, 1));
}

#[test]
fn rows_that_are_not_translated_are_left_out() {
    let (_folder, path) = memory(&[]);
    let untranslated = Row { target: None, ..row("a", "Tide", "") };
    let same = row("b", "OK", "OK");
    let kept = Row { state: Some(State::Translated), ..row("c", "Port-Louis", "Port-Louis") };
    assert_eq!(put(&path, "x.xlf", &[untranslated, same, kept]), Imported { added: 1, known: 0 });
}

#[test]
fn files_that_are_no_memories_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let refusal = |path: &Path| {
        let error = Memory::open(path, "en", "fr").unwrap_err().to_string();
        error.replace(&*folder.path().to_string_lossy(), "DIR")
    };
    std::fs::write(
        place("text"),
        "not a database, but long enough to look like something else entirely".repeat(9),
    )
    .unwrap();
    std::fs::write(place("empty"), "").unwrap();
    Connection::open(place("other")).unwrap().execute_batch("CREATE TABLE song (name TEXT)").unwrap();
    put(&place("newer"), "a.xlf", &[]);
    Connection::open(place("newer")).unwrap().pragma_update(None, "user_version", 9).unwrap();
    insta::assert_snapshot!(refusal(&place("text")), @"DIR/text: not a translation memory of nutgraf");
    insta::assert_snapshot!(refusal(&place("empty")), @"DIR/empty: not a translation memory of nutgraf");
    insta::assert_snapshot!(refusal(&place("other")), @"DIR/other: not a translation memory of nutgraf");
    insta::assert_snapshot!(refusal(&place("none")), @"DIR/none: No such file or directory (os error 2)");
    insta::assert_snapshot!(refusal(&place("newer")), @"DIR/newer: a translation memory of version 9; this program reads version 2: export it to TMX with the program that made it, and import that");
    assert!(Writer::open(&place("other")).is_err());
}

#[test]
fn a_refused_file_leaves_nothing_behind() {
    let (_folder, path) = memory(&[]);
    let mut writer = Writer::open(&path).unwrap();
    let mut feed = |take: &mut dyn FnMut(Row)| {
        take(row("a", "Tide", "Marée"));
        Err(crate::bilingual::Refusal::on_line(7, "it ends inside a unit"))
    };
    let failure = import(&mut writer, "cut.tmx", false, &mut feed, &mut |_| ()).unwrap_err();
    assert_eq!(failure.to_string(), "line 7: it ends inside a unit");
    assert_eq!(stats(&path).unwrap().pairs, []);
}

#[test]
fn exports_are_sorted_and_the_same_whatever_the_order_of_import() {
    let rows = [
        Row {
            provenance: Some(Box::new(Provenance {
                created: Stamp::parse("20210101T000000Z"),
                created_by: Some("max & ida".into()),
                client: Some("Tarn".into()),
                ..Provenance::default()
            })),
            document: 1,
            ..row("a", "Tide & time", "Marée <1>")
        },
        Row { document: 2, ..row("b", "Ebb here", "Jusant") },
        Row { document: 3, ..row("b", "Ebb here", "Jusant") },
    ];
    let exported = |rows: &[Row], format| {
        let (_folder, path) = memory(rows);
        let mut out = Vec::new();
        export(&path, None, Some("FR"), format, &mut out).unwrap();
        String::from_utf8(out).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION")
    };
    let back: Vec<_> = rows.iter().rev().cloned().collect();
    assert_eq!(exported(&rows, Format::Tmx), exported(&back, Format::Tmx));
    insta::assert_snapshot!(exported(&rows, Format::Tsv), @r"
    source	target	state	origin
    Ebb here	Jusant	translated	harbour.xlf#b
    Tide & time	Marée <1>	translated	harbour.xlf#a
    ");
    insta::assert_snapshot!(exported(&rows, Format::Tmx), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4">
      <header creationtool="nutgraf" creationtoolversion="VERSION" segtype="sentence" o-tmf="nutgraf" adminlang="en" srclang="en" datatype="plaintext"/>
      <body>
        <tu>
          <prop type="x-origin">harbour.xlf#b</prop>
          <prop type="x-state">translated</prop>
          <tuv xml:lang="en"><seg>Ebb here</seg></tuv>
          <tuv xml:lang="fr"><seg>Jusant</seg></tuv>
        </tu>
        <tu creationdate="20210101T000000Z" creationid="max &amp; ida">
          <prop type="x-client">Tarn</prop>
          <prop type="x-origin">harbour.xlf#a</prop>
          <prop type="x-state">translated</prop>
          <tuv xml:lang="en"><seg>Tide &amp; time</seg></tuv>
          <tuv xml:lang="fr"><seg>Marée &lt;1&gt;</seg></tuv>
        </tu>
      </body>
    </tmx>
    "#);
}

/// Sentences of few words, so that many are alike.
fn sentence(seed: &mut u64) -> String {
    let mut chance = |below: u64| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    };
    let words = 1 + chance(14);
    let mut text = (0..words).map(|_| {
        let most = 1 + chance(40);
        format!("w{}", chance(most))
    });
    let mut sentence = text.by_ref().collect::<Vec<_>>().join(" ");
    if chance(3) == 0 {
        _ = write!(sentence, " {}", chance(50));
    }
    sentence.push('.');
    sentence
}

#[test]
fn what_is_found_is_what_comparing_with_all_would_find() {
    let mut seed = 7;
    let rows: Vec<_> =
        (0..1500).map(|n| row(&n.to_string(), &sentence(&mut seed), &format!("t{n}"))).collect();
    let (_folder, path) = memory(&rows);
    for threshold in [50, 75] {
        for _ in 0..150 {
            let query = sentence(&mut seed);
            let shape = |text: &str| Tokens::of(text).without_numbers();
            // No target holds a number, so nothing is adapted.
            let mut expected: Vec<_> = rows
                .iter()
                .map(|row| fuzzy(&query, &row.source))
                .filter(|&percent| percent >= threshold)
                .collect();
            expected.sort_unstable_by(|a, b| b.cmp(a));
            expected.truncate(3);
            let found = lookup(&path, &query, threshold);
            assert_eq!(
                found.iter().map(|found| found.percent).collect::<Vec<_>>(),
                expected,
                "{query} ({} tokens)",
                shape(&query).len()
            );
            assert!(found.iter().all(|found| !found.notes.contains(&Note::NumbersAdapted)));
        }
    }
}

#[test]
fn threads_share_a_memory_while_it_grows() {
    let (_folder, path) = memory(&[row("a", "The tide turned.", "La marée a tourné.")]);
    let shared = Memory::open(&path, "en", "fr").unwrap();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let found = shared
                        .lookup(&Query { source: "The tide turned.", ..Query::default() }, 75, 1)
                        .unwrap();
                    assert_eq!(found[0].percent, 100);
                }
            });
        }
        for n in 0..10 {
            put(&path, "more.xlf", &[row("b", &format!("Wave {n}"), &format!("Vague {n}"))]);
        }
    });
    let many: Vec<_> = lookup(&path, "Wave 3", 75);
    assert_eq!(many[0].percent, 100);
}

/// Set for the child of the test below, which runs without end.
const ENDLESS: &str = "NUTGRAF_TEST_ENDLESS";

/// That child: writes into `killed.tm` of its folder and says what is committed, until it is killed.
#[test]
fn writes_until_it_is_killed() {
    if std::env::var_os(ENDLESS).is_none() {
        return;
    }
    let mut writer = Writer::open(Path::new("killed.tm")).unwrap();
    writer.begin("endless.tmx", "en", "fr").unwrap();
    for n in 0_u64.. {
        let (source, target) = (format!("Wave {n} broke over pier {}", n % 97), format!("Vague {n}"));
        let (state, name) = (State::Translated, n.to_string());
        let provenance = Provenance::default();
        let unit = Unit { source, target, previous: None, next: None, state, name, provenance };
        let committed = writer.add(unit).unwrap();
        if let Some(committed) = committed {
            println!("committed {}", committed.added);
        }
    }
}

#[test]
fn what_was_confirmed_survives_a_kill_at_any_time() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.tm");
    let mut before = 0;
    for pause in [0, 40, 90] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture", "translate::tm::tests::writes_until_it_is_killed"])
            .env(ENDLESS, "1")
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines
            .map_while(std::io::Result::ok)
            .find_map(|line| Some(line.split_once("committed ")?.1.to_owned()));
        let confirmed: u64 = line.unwrap().parse().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        let kept = stats(&path).unwrap().pairs[0].units;
        assert!(kept >= before.max(confirmed), "{kept} of {confirmed}");
        before = kept;
        let sound: String =
            schema::open(&path).unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        // Units and posting lists are of one batch: the last unit is found by its tokens.
        let last = format!("Wave {} broke over the pier {}", kept - 1, (kept - 1) % 97);
        assert_eq!(lookup(&path, &last, 75)[0].target, format!("Vague {}", kept - 1));
    }
}
