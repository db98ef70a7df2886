//! One output while it is written: standard output, or a file beside its place.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use crate::base::error::Error;
use crate::io::atomic::Beside;
use crate::pipeline::plan::Target;
use crate::write::{Totals, Writer};

/// An output, open.
#[derive(Debug)]
pub(super) struct Sink<'p> {
    writer: &'p dyn Writer,
    place: Place,
    /// Documents kept aside until the head is known.
    aside: Option<BufWriter<File>>,
    begun: bool,
    /// Files that stand beside the output.
    beside: Vec<Beside>,
    /// Whether the output itself is written.
    whole: bool,
}

#[derive(Debug)]
enum Place {
    Stdout,
    File(Beside),
}

impl<'p> Sink<'p> {
    /// Opens an output; its folder is made.
    ///
    /// # Errors
    /// [`Error::Config`] where nothing can be written: the run has not begun.
    pub(super) fn open(target: &Target, writer: &'p dyn Writer) -> Result<Self, Error> {
        let place = match target {
            Target::Stdout => Place::Stdout,
            Target::File(path) => Place::File(create(path).map_err(|e| Error::Config(e.to_string()))?),
        };
        let aside = if writer.head_needs_totals() || writer.is_assembled() {
            let file = tempfile::tempfile().map_err(|e| Error::Config(format!("no temporary file: {e}")))?;
            Some(BufWriter::with_capacity(1 << 18, file))
        } else {
            None
        };
        Ok(Self { writer, place, aside, begun: false, beside: Vec::new(), whole: true })
    }

    /// Writes a rendered document.
    pub(super) fn write(&mut self, bytes: &[u8], stdout: &mut dyn Write) -> Result<(), Error> {
        if let Some(aside) = &mut self.aside {
            return aside.write_all(bytes).map_err(|e| Error::output("temporary file", e));
        }
        if !self.begun {
            self.begin(&Totals::default(), stdout)?;
        }
        self.put(bytes, stdout)
    }

    fn begin(&mut self, totals: &Totals, stdout: &mut dyn Write) -> Result<(), Error> {
        let mut head = Vec::new();
        self.writer.head(totals, &mut head)?;
        self.begun = true;
        self.put(&head, stdout)
    }

    fn put(&mut self, bytes: &[u8], stdout: &mut dyn Write) -> Result<(), Error> {
        match &mut self.place {
            Place::Stdout => stdout.write_all(bytes).map_err(|e| Error::output("standard output", e)),
            Place::File(file) => {
                let written = file.write_all(bytes);
                written.map_err(|e| Error::output(file.path(), e))
            }
        }
    }

    /// Writes what stands before and after the documents, and tells what a person should know.
    pub(super) fn close(&mut self, totals: &Totals, stdout: &mut dyn Write) -> Result<Vec<String>, Error> {
        let mut warnings = Vec::new();
        if !self.begun {
            self.begin(totals, stdout)?;
        }
        if let Some(aside) = self.aside.take() {
            let spooled = |e| Error::output("temporary file", e);
            let mut file = aside.into_inner().map_err(|e| spooled(e.into_error()))?;
            file.seek(SeekFrom::Start(0)).map_err(spooled)?;
            if self.writer.is_assembled() {
                let place = match &self.place {
                    Place::Stdout => None,
                    Place::File(place) => Some(place.path()),
                };
                let assembled = self.writer.assemble(file, totals, place)?;
                warnings = assembled.warnings;
                for (path, file) in assembled.beside {
                    self.beside.push(filled(&path, file)?);
                }
                let Some(main) = assembled.file else {
                    self.whole = false;
                    return Ok(warnings);
                };
                file = main;
                file.seek(SeekFrom::Start(0)).map_err(spooled)?;
            }
            match &mut self.place {
                Place::Stdout => {
                    std::io::copy(&mut file, stdout).map_err(|e| Error::output("standard output", e))?
                }
                Place::File(place) => {
                    let copied = std::io::copy(&mut file, place);
                    copied.map_err(|e| Error::output(place.path(), e))?
                }
            };
        }
        let mut tail = Vec::new();
        self.writer.tail(&mut tail);
        self.put(&tail, stdout)?;
        if let Place::Stdout = self.place {
            stdout.flush().map_err(|e| Error::output("standard output", e))?;
        }
        Ok(warnings)
    }

    /// Puts files in their places.
    pub(super) fn commit(self) -> Result<(), Error> {
        for file in self.beside {
            file.commit()?;
        }
        match self.place {
            Place::File(file) if self.whole => file.commit(),
            Place::Stdout | Place::File(_) => Ok(()),
        }
    }
}

fn create(path: &Path) -> Result<Beside, Error> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| Error::output(folder, e))?;
    }
    Beside::create(path)
}

/// A file beside its place with what `file` holds, which is read from its beginning.
///
/// # Errors
/// When it cannot be read or written.
pub(super) fn filled(path: &Path, mut file: File) -> Result<Beside, Error> {
    let mut place = create(path)?;
    file.seek(SeekFrom::Start(0)).map_err(|e| Error::output("temporary file", e))?;
    std::io::copy(&mut file, &mut place).map_err(|e| Error::output(place.path(), e))?;
    Ok(place)
}

/// Writes a file, whole or not at all; its folder is made.
///
/// # Errors
/// When the file or its folder cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = create(path)?;
    let written = file.write_all(bytes);
    written.map_err(|e| Error::output(path, e))?;
    file.commit()
}
