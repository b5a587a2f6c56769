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

/// The frame of the page: what stands before and behind the pages.
#[derive(Template)]
#[template(path = "docs/site.html")]
struct Frame {
    pages: Vec<Page>,
}

/// Where the pages stand in the frame.
const PAGES: &str = "<!-- pages -->";

struct Page {
    /// The page's name, which is its place too.
    id: String,
    title: String,
    /// What the page has sections for, each with its place: a place and a title.
    entries: Vec<(String, String)>,
}

/// The pages that were emitted before, as one.
pub(super) fn site(system: &System, files: &FileSet) -> String {
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
    let mut html = String::new();
    let mut pages = Vec::new();
    for (id, drawn) in &sources {
        if let Some(text) = files.get(&format!("docs/{id}.md")) {
            html.reserve(2 * text.len());
            let reader = Reader { id, pages: &ids, drawn, ..Reader::default() };
            pages.push(reader.page(text, &mut html));
        }
    }
    let frame = crate::text::rendered(&Frame { pages });
    let (head, tail) = frame.split_once(PAGES).unwrap_or((&frame, ""));
    [head, &html, tail.trim_end(), "\n"].concat()
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
    in_diagram: bool,
}

impl Reader<'_> {
    fn page(mut self, text: &str, html: &mut String) -> Page {
        let events = Parser::new_ext(text, Options::ENABLE_TABLES);
        pulldown_cmark::html::push_html(html, events.filter_map(|event| self.read(event)));
        html.push_str("</section>\n");
        Page { id: self.id.to_owned(), title: self.title, entries: self.entries }
    }

    /// What an event of the Markdown becomes.
    fn read<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                if &*language == "mermaid" =>
            {
                self.in_diagram = true;
                None
            }
            Event::End(TagEnd::CodeBlock) if self.in_diagram => {
                self.in_diagram = false;
                let html = format!("<div class=\"picture\" tabindex=\"0\">{}</div>\n", self.drawn);
                Some(Event::Html(html.into()))
            }
            _ if self.in_diagram => None,
            Event::Start(Tag::Heading { .. }) => {
                self.heading = Some(String::new());
                self.place.clear();
                None
            }
            Event::End(TagEnd::Heading(level)) => Some(Event::Html(self.section(level).into())),
            event if self.heading.is_some() => {
                self.read_heading(&event);
                None
            }
            Event::Html(text) | Event::InlineHtml(text) if &*text == "<br>" => {
                Some(Event::HardBreak)
            }
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let target = self.target(&dest_url);
                self.links.push(target.is_some());
                let dest_url = target?.into();
                Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
            }
            Event::End(TagEnd::Link) if self.links.pop() == Some(false) => None,
            // A picture of somewhere else's would be asked for over the network.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            event => Some(event),
        }
    }

    /// The text of a heading, and the place that stands in it.
    fn read_heading(&mut self, event: &Event<'_>) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => {
                if let Some(place) = place(text) {
                    self.place = format!("{}/{place}", self.id);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                self.heading.get_or_insert_default().push_str(text);
            }
            _ => {}
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
