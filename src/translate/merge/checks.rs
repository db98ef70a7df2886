//! Targets that are used and yet look wrong.

use crate::base::lang::Lang;
use crate::translate::merge::finding::{Finding, Trouble};
use crate::translate::merge::gather::Gathered;
use crate::translate::merge::put::Merged;
use crate::translate::qa::{self, Pair, Severity};

/// The checks that every merge makes.
#[derive(Debug)]
pub struct Checks {
    settings: qa::Settings,
}

impl Checks {
    /// For translations from one language into another; `None` where no file says into which.
    pub fn new(source_lang: &str, target_lang: Option<&str>) -> Self {
        let lang = |tag: Option<&str>| tag.and_then(Lang::parse).unwrap_or_else(Lang::unknown);
        let settings = qa::Settings {
            source_lang: lang(Some(source_lang)),
            target_lang: lang(target_lang),
            ..qa::Settings::default()
        };
        Self { settings }
    }

    /// Warnings and errors about the targets of `doc` that came home in a file.
    pub fn of(&self, doc: &Merged<'_>, gathered: &Gathered) -> Vec<Finding> {
        let came = |id: &str| gathered.targets.get(id).filter(|target| !target.text.is_empty());
        let home: Vec<_> =
            doc.segments.iter().filter_map(|segment| Some((segment, came(segment.id)?))).collect();
        let pairs: Vec<Pair<'_>> = home
            .iter()
            .map(|(segment, target)| Pair {
                id: segment.id,
                source: segment.text,
                target: Some(&target.as_written),
                state: Some(target.state),
                line: target.line,
                codes: target.codes.as_deref().map(|[source, target]| [source.as_slice(), target.as_slice()]),
                ..Pair::default()
            })
            .collect();
        let found = qa::check(&pairs, &self.settings).into_iter();
        found
            .filter(|finding| finding.severity > Severity::Info)
            .map(|finding| {
                let (segment, target) = &home[finding.pair];
                Finding {
                    file: gathered.file(target.file).to_owned(),
                    line: (target.line > 0).then_some(target.line),
                    unit: segment.id.to_owned(),
                    trouble: Trouble::Suspicious,
                    message: format!("{}: {}", finding.kind.name(), finding.message),
                }
            })
            .collect()
    }
}
