//! The names of a site, by which they are told from titles and authors.

use crate::structure::about::head::Head;

/// Words of a site's name; some pages give their title for it.
const LONGEST: usize = 8;

/// Names of the site a page stands on, as [`joined`] keys.
#[derive(Debug, Default)]
pub(super) struct Site {
    names: Vec<String>,
    /// The name as it is shown.
    pub(super) shown: Option<String>,
}

impl Site {
    pub(super) fn of(head: &Head<'_>, url: Option<&str>) -> Self {
        let mut site = Self::default();
        let said = head.first(&["og:site_name", "application-name", "al:android:app_name", "dc.publisher"]);
        let article = head.article().map(|thing| thing.publisher.as_str());
        let own =
            head.things.iter().filter(|t| matches!(t.kind.as_str(), "WebSite" | "NewsMediaOrganization"));
        let named = own.map(|thing| thing.name.as_str());
        let organization = head.things.iter().filter(|t| t.kind == "Organization").map(|t| t.name.as_str());
        for name in said.into_iter().chain(article).chain(named).chain(organization) {
            site.add(name);
            if site.shown.is_none() && !name.trim().is_empty() && name.len() <= 100 {
                site.shown = Some(name.trim().to_owned());
            }
        }
        for host in url.into_iter().chain(head.first(&["og:url"])).filter_map(host) {
            // `news.example.co.uk` is known as `example`, as `example.co.uk` and with `news`.
            site.add(host);
            for label in host.split('.').filter(|label| label.len() > 3) {
                site.add(label);
            }
        }
        site
    }

    fn add(&mut self, name: &str) {
        if name.split_whitespace().count() > LONGEST {
            return;
        }
        let key = joined(name);
        if !key.is_empty() && key.len() <= 100 && !self.names.contains(&key) {
            self.names.push(key);
        }
    }

    /// Whether `text` is a name of the site.
    pub(super) fn is(&self, text: &str) -> bool {
        let key = joined(text);
        !key.is_empty() && self.names.contains(&key)
    }

    /// Whether `text` is a name of the site or something longer or shorter that is made with it.
    pub(super) fn is_like(&self, text: &str) -> bool {
        let key = joined(text);
        let near = |name: &String| {
            let (short, long) = if name.len() < key.len() { (name, &key) } else { (&key, name) };
            short.chars().count() >= 4
                && 3 * short.len() >= long.len()
                && (long.starts_with(short.as_str()) || long.ends_with(short.as_str()))
        };
        !key.is_empty() && self.names.iter().any(|name| *name == key || near(name))
    }
}

/// The host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

/// Letters and digits alone, in lower case.
pub(super) fn joined(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words of letters and digits in lower case, parted by blanks.
pub(super) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}
