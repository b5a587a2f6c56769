//! The changelog as a page.

use anyhow::{Context as _, Result};
use askama::Template;

use super::{Due, Section};
use crate::cli::arguments::ChangelogForm;
use crate::compat::{Finding, Level};

#[derive(Template)]
#[template(path = "changelog/changelog.md", escape = "none")]
struct Markdown {
    sections: Vec<SectionView>,
}

#[derive(Template)]
#[template(path = "changelog/changelog.html")]
struct Html {
    sections: Vec<SectionView>,
}

struct SectionView {
    title: String,
    services: Vec<ServiceView>,
    groups: Vec<Group>,
}

struct ServiceView {
    name: String,
    due: String,
}

struct Group {
    title: &'static str,
    entries: Vec<Entry>,
}

struct Entry {
    place: String,
    message: String,
    rule: &'static str,
    affected: String,
    help: String,
}

/// The page.
pub(super) fn render(sections: &[Section], form: ChangelogForm) -> Result<String> {
    let words = match form {
        ChangelogForm::Markdown => markdown,
        ChangelogForm::Html => html,
    };
    let sections = sections.iter().map(|section| view(section, words)).collect();
    let page = match form {
        ChangelogForm::Markdown => Markdown { sections }.render(),
        ChangelogForm::Html => Html { sections }.render(),
    };
    page.context("the page cannot be rendered")
}

fn view(section: &Section, words: fn(&str) -> String) -> SectionView {
    let kinds = [
        (Level::Error, "Breaking changes"),
        (Level::Warning, "Possibly breaking changes"),
        (Level::Info, "Other changes"),
    ];
    let groups = kinds.into_iter().filter_map(|(level, title)| {
        let own = section.findings.iter().filter(|finding| finding.level == level);
        let entries: Vec<_> = own.map(|finding| entry(finding, words)).collect();
        (!entries.is_empty()).then_some(Group { title, entries })
    });
    let service = |due: &Due| ServiceView { name: due.service.clone(), due: due.words.clone() };
    SectionView {
        title: section.title.clone(),
        services: section.services.iter().map(service).collect(),
        groups: groups.collect(),
    }
}

fn entry(finding: &Finding, words: fn(&str) -> String) -> Entry {
    let sentence = |head: &str, text: &str| match text.trim_end_matches('.') {
        "" => String::new(),
        text => format!(" {head}{}.", words(text)),
    };
    let also = match finding.also.len() {
        0 => String::new(),
        1 => ", and at 1 more place".to_owned(),
        n => format!(", and at {n} more places"),
    };
    Entry {
        place: finding.place().replace('`', "'"),
        message: words(&finding.message) + &also,
        rule: finding.rule,
        affected: sentence("Affects ", &finding.whom()),
        help: sentence("Instead: ", &finding.help),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of a contract in Markdown: outside of back-ticks, nothing begins an element.
fn markdown(text: &str) -> String {
    parts(text, |part| part.replace('<', "&lt;"), |code| format!("`{code}`"))
}

/// Words of a contract in HTML.
fn html(text: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    parts(text, escaped, |code| format!("<code>{}</code>", escaped(code)))
}

fn parts(text: &str, plain: impl Fn(&str) -> String, code: impl Fn(&str) -> String) -> String {
    let text = one_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    let is_paired = parts.len() % 2 == 1;
    let part = |(at, part): (usize, &&str)| match at % 2 == 1 && is_paired {
        true => code(part),
        false => plain(part),
    };
    parts.iter().enumerate().map(part).collect()
}
