//! Mailboxes cut into messages at their `From ` lines (RFC 4155; the quoting of mboxrd is undone).

use crate::base::error::DocErrorKind;
use crate::doc::record::{Format, Payload, Record};
use crate::io::frame::{Cut, Framer};
use crate::io::open::Place;
use crate::io::stream::{Line, Stream};

/// Cuts a mailbox into messages.
#[derive(Debug)]
pub struct Mbox {
    stream: Stream,
    place: Place,
    /// Number of the next message, from 0.
    number: u64,
    /// Whether the line that opens the next message was read.
    begun: bool,
    fault: Option<DocErrorKind>,
}

impl Mbox {
    /// The messages of `stream`, which is unpacked.
    pub fn new(stream: Stream, place: Place) -> Self {
        Self { stream, place, number: 0, begun: false, fault: None }
    }

    /// The lines of a message up to the next `From ` line after a blank one, or the end.
    fn message(&mut self) -> Result<Option<Vec<u8>>, DocErrorKind> {
        let cap = self.place.cap();
        let (mut message, mut too_long, mut blank) = (Vec::new(), false, true);
        let mut begun = std::mem::take(&mut self.begun);
        loop {
            let line = match self.stream.line(cap) {
                Line::Whole(line) => line,
                Line::TooLong => {
                    (too_long, blank, begun) = (true, false, true);
                    message.clear();
                    continue;
                }
                Line::Fault(kind) => {
                    self.fault = Some(kind);
                    return Ok(None);
                }
                Line::End if !begun => return Ok(None),
                Line::End => break,
            };
            if blank && line.starts_with(b"From ") {
                self.begun = true;
                if begun {
                    break;
                }
                begun = std::mem::take(&mut self.begun);
                continue;
            }
            blank = line.trim_ascii_end().is_empty();
            if !begun && blank {
                continue;
            }
            begun = true;
            let quotes = line.iter().take_while(|&&b| b == b'>').count();
            let quoted = quotes > 0 && line[quotes..].starts_with(b"From ");
            message.extend_from_slice(&line[usize::from(quoted)..]);
            message.push(b'\n');
            if too_long || message.len() > cap {
                too_long = true;
                message.clear();
            }
        }
        if too_long { Err(DocErrorKind::TooLarge { limit: cap as u64 }) } else { Ok(Some(message)) }
    }
}

impl Framer for Mbox {
    fn next(&mut self) -> Option<Cut> {
        let message = self.message();
        let number = self.number;
        self.number += 1;
        match message {
            Ok(Some(message)) => {
                let record = Record::new(Payload::Bytes(message), Format::Eml, self.place.source(number));
                Some(Cut::Record(Box::new(Record { within: Some(Format::Mbox), ..record })))
            }
            Ok(None) => self.fault.take().map(|kind| Cut::Failed(self.place.failed(number, kind))),
            Err(kind) => Some(Cut::Failed(self.place.failed(number, kind))),
        }
    }

    fn format(&self) -> Option<Format> {
        Some(Format::Mbox)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::io::frame::tests::place;

    fn messages(text: &str, cap: usize) -> Vec<String> {
        let mut mbox = Mbox::new(Stream::new(Cursor::new(text.as_bytes().to_vec())), place(cap));
        let mut all = Vec::new();
        while let Some(cut) = mbox.next() {
            all.push(match cut {
                Cut::Record(record) => {
                    let Payload::Bytes(bytes) = record.payload else { panic!("messages come as bytes") };
                    String::from_utf8(bytes).unwrap()
                }
                Cut::Failed(e) => format!("{}! {}", e.record, e.kind.name()),
                other => panic!("{other:?}"),
            });
        }
        all
    }

    #[test]
    fn messages_are_parted_by_from_lines_after_blank_ones_and_quoted_ones_are_restored() {
        let mbox = "From a Mon\nSubject: one\n\nwords\nFrom here on\n>From there\n>>From far\n> From x\n\nFrom b Tue\nSubject: two\n\nend";
        assert_eq!(
            messages(mbox, 999),
            [
                "Subject: one\n\nwords\nFrom here on\nFrom there\n>From far\n> From x\n\n",
                "Subject: two\n\nend\n"
            ]
        );
        assert!(messages("", 9).is_empty() && messages("\n\n", 9).is_empty());
        assert_eq!(messages("Subject: no line before\n\nx", 99), ["Subject: no line before\n\nx\n"]);
    }

    #[test]
    fn a_message_over_the_cap_fails_alone() {
        let long = format!("From a\n{}\n\nFrom b\nx: y\n\nFrom c\n{}\n", "word\n".repeat(9), "w".repeat(99));
        assert_eq!(messages(&long, 30), ["0! too-large", "x: y\n\n", "2! too-large"]);
    }
}
