//! All pages as one page of HTML that needs no network: the Markdown pages in a frame that can be searched, with diagrams
//! drawn.
//!
//! Contracts are text of somebody else's: HTML in them is shown and not acted on, and links lead to the web or to a place
//! on the page.

use askama::Template;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::picture::{self, escaped};
use super::reference::anchor;
use super::{architecture, chart};
use crate::model::System;
use crate::text::FileSet;

/// The page.
#[derive(Template)]
#[template(path = "docs/site.html")]
pub(super) struct Site {
    pages: Vec<Page>,
}

struct Page {
    /// The page's name, which is its place too.
    id: String,
    title: String,
    /// What the page has sections for, each with its place: a place and a title.
    entries: Vec<(String, String)>,
    html: String,
}

/// The pages that were emitted before, as one.
pub(super) fn site(system: &System, files: &FileSet) -> Site {
    let references = system.services.iter().map(|service| {
        let title = format!("{} and what it uses", service.title);
        let drawn = picture::draw(&chart::of_service(service), &title);
        (format!("reference/{}", service.name.wire), drawn)
    });
    let overview = picture::draw(&architecture::overall(system).1, "The system");
    let sources = std::iter::once(("architecture".to_owned(), overview))
        .chain(references)
        .chain([("runbook".to_owned(), String::new())]);
    let sources: Vec<_> = sources.collect();
    let ids: Vec<&str> = sources.iter().map(|(id, _)| id.as_str()).collect();
    let pages = sources.iter().filter_map(|(id, drawn)| {
        let text = files.get(&format!("docs/{id}.md"))?;
        Some(Reader { id, pages: &ids, drawn, ..Reader::default() }.page(text))
    });
    Site { pages: pages.collect() }
}

/// Makes HTML of one Markdown page.
#[derive(Default)]
struct Reader<'p> {
    /// The page's name: its path below `docs`, without the ending.
    id: &'p str,
    /// The names of all pages.
    pages: &'p [&'p str],
    /// The page's diagram.
    drawn: &'p str,
    title: String,
    entries: Vec<(String, String)>,
    /// The place that stands in a heading, and the heading's text, while one is read.
    place: String,
    heading: Option<String>,
    /// Whether the link that is read leads anywhere, and those around it.
    links: Vec<bool>,
}

impl Reader<'_> {
    fn page(mut self, text: &str) -> Page {
        let mut events = Vec::new();
        let mut in_diagram = false;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                    if &*language == "mermaid" =>
                {
                    in_diagram = true;
                }
                Event::End(TagEnd::CodeBlock) if in_diagram => {
                    in_diagram = false;
                    let html =
                        format!("<div class=\"picture\" tabindex=\"0\">{}</div>\n", self.drawn);
                    events.push(Event::Html(html.into()));
                }
                _ if in_diagram => {}
                event => self.read(event, &mut events),
            }
        }
        let mut html = String::with_capacity(2 * text.len());
        pulldown_cmark::html::push_html(&mut html, events.into_iter());
        html.push_str("</section>\n");
        Page { id: self.id.to_owned(), title: self.title, entries: self.entries, html }
    }

    fn read<'t>(&mut self, event: Event<'t>, events: &mut Vec<Event<'t>>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.heading = Some(String::new());
                self.place.clear();
            }
            Event::End(TagEnd::Heading(level)) => {
                events.push(Event::Html(self.section(level).into()))
            }
            Event::Html(text) | Event::InlineHtml(text) => match place(&text) {
                Some(place) if self.heading.is_some() => {
                    self.place = format!("{}/{place}", self.id)
                }
                _ if self.heading.is_some() && &*text == "</a>" => {}
                _ if &*text == "<br>" => events.push(Event::HardBreak),
                _ => events.push(Event::Text(text)),
            },
            Event::Text(text) | Event::Code(text) if self.heading.is_some() => {
                if let Some(heading) = &mut self.heading {
                    heading.push_str(&text);
                }
            }
            _ if self.heading.is_some() => {}
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let target = self.target(&dest_url);
                self.links.push(target.is_some());
                let Some(dest_url) = target.map(Into::into) else { return };
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::End(TagEnd::Link) if self.links.pop() == Some(false) => {}
            // A picture of somewhere else's would be asked for over the network.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            event => events.push(event),
        }
    }

    /// The heading that was read, and the section that begins with it.
    fn section(&mut self, level: HeadingLevel) -> String {
        let title = self.heading.take().unwrap_or_default();
        let text = escaped(&title);
        if level == HeadingLevel::H1 {
            self.title = title;
            return format!("<section id=\"{}\"><h1>{text}</h1>\n", self.id);
        }
        let mut place = std::mem::take(&mut self.place);
        let is_entry = !place.is_empty();
        if place.is_empty() {
            place = format!("{}/{}", self.id, anchor(&title));
        }
        let kind = if is_entry { " class=\"entry\"" } else { "" };
        let html = format!(
            "</section>\n<section id=\"{place}\"{kind}><{level}>{text}<a class=\"here\" href=\"#{place}\" \
             aria-label=\"Link to {text}\">#</a></{level}>\n"
        );
        if is_entry {
            self.entries.push((place, title));
        }
        html
    }

    /// Where a link leads: to a place of this page, or to the web.
    fn target(&self, link: &str) -> Option<String> {
        let (path, place) = link.split_once('#').unwrap_or((link, ""));
        let page = if path.is_empty() { self.id } else { path.strip_suffix(".md").unwrap_or(path) };
        if self.pages.contains(&page) {
            let slash = if place.is_empty() { "" } else { "/" };
            return Some(format!("#{page}{slash}{place}"));
        }
        let is_safe = ["https:", "http:", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
        is_safe.then(|| link.to_owned())
    }
}

/// The place that our own pages put before a heading: `<a id="place">`.
fn place(html: &str) -> Option<&str> {
    html.strip_prefix("<a id=\"")?.strip_suffix("\">").filter(|place| !place.contains('"'))
}
