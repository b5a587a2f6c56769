//! What must hold of every page.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;

use super::{architecture, chart, emit_docs, reference};
use crate::emit::sample;
use crate::model::{Delivery, Destination, System};
use crate::text::FileSet;
use crate::text::rendered;

fn pages() -> FileSet {
    pages_of(&sample::system())
}

fn pages_of(system: &System) -> FileSet {
    let mut files = FileSet::default();
    emit_docs(system, &mut files);
    files
}

/// The pages that are Markdown.
fn markdown(files: &FileSet) -> impl Iterator<Item = (&str, &str)> {
    files.iter().filter(|(path, _)| path.ends_with(".md"))
}

/// The structure that Mermaid demands: known shapes, edges between nodes that exist, subgraphs that end.
#[test]
fn the_diagrams_are_flowcharts() {
    let system = sample::system();
    assert!(is_flowchart(&chart::of_system(&system).mermaid()) > 10);
    for service in &system.services {
        assert!(is_flowchart(&chart::of_service(service).mermaid()) > 2, "{}", service.name.wire);
    }
}

/// Only services that send to each other, and one edge for all events between two.
#[test]
fn events_between_services_are_a_flowchart() {
    let mut system = sample::system();
    assert!(chart::of_events(&system).is_none());
    let sent = architecture::sent(&system).next().unwrap().1.clone();
    let receiver = system.services.iter_mut().find(|service| !service.receives.is_empty()).unwrap();
    let receive = &mut receiver.receives[0];
    let Destination::Bus(bus) = &sent.destination;
    match &mut receive.delivery {
        Delivery::Queue(delivery) => delivery.rule.bus.clone_from(bus),
        Delivery::Direct(delivery) => delivery.rule.bus.clone_from(bus),
        Delivery::Stream(_) => unreachable!("the sample reads no stream first"),
    }
    receive.messages = vec![sent.message.clone(), sent.message];
    let events = chart::of_events(&system).unwrap().mermaid();
    assert_eq!(is_flowchart(&events), 1, "{events}");
    assert!(!events.contains("function_"), "{events}");
}

/// Names that anchors fold into one, and one that is what another is counted as.
#[test]
fn each_operation_has_an_anchor_of_its_own() {
    let mut system = sample::system();
    let service = system.services.iter_mut().find(|one| !one.operations.is_empty()).unwrap();
    let ids = ["a.b", "A-b", "a-b-2"];
    let first = service.operations[0].clone();
    let named = ids.map(|id| {
        let mut operation = first.clone();
        operation.id.wire = id.to_owned();
        operation
    });
    service.operations = named.to_vec();
    let anchors = reference::Anchors::of(service);
    assert_eq!(ids.map(|id| anchors.get(id)), ["a-b", "a-b-2", "a-b-2-2"]);
}

/// Checks the structure, and counts the edges.
fn is_flowchart(text: &str) -> usize {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("flowchart LR"));
    let node = regex::Regex::new(
        r#"^ +([a-z]\w*)(\(\["[^"]+"\]\)|\["[^"]+"\]|\{\{"[^"]+"\}\}|\[\["[^"]+"\]\]|\[\("[^"]+"\)\]|\[/"[^"]+"/\])$"#,
    )
    .unwrap();
    let edge = regex::Regex::new(r#"^  (\w+) (?:-->|-\.->)(?:\|"[^"]+"\|)? (\w+)$"#).unwrap();
    let subgraph = regex::Regex::new(r#"^  subgraph \w+\["[^"]+"\]$"#).unwrap();
    let (mut nodes, mut edges, mut depth) = (BTreeSet::new(), Vec::new(), 0);
    for line in lines {
        if let Some(found) = node.captures(line) {
            assert!(nodes.insert(found[1].to_owned()), "two nodes: {line}");
        } else if let Some(found) = edge.captures(line) {
            edges.push((found[1].to_owned(), found[2].to_owned()));
        } else if subgraph.is_match(line) {
            depth += 1;
        } else {
            assert_eq!(line, "  end");
            depth -= 1;
        }
        assert!((0..=1).contains(&depth), "{line}");
    }
    assert_eq!(depth, 0);
    for (from, to) in &edges {
        assert!(nodes.contains(from) && nodes.contains(to), "{from} to {to}");
    }
    let touched: BTreeSet<_> = edges.iter().flat_map(|(from, to)| [from, to]).collect();
    assert_eq!(touched.len(), nodes.len(), "every node has an edge: {text}");
    edges.len()
}

/// Every link leads to a page and place that exist.
#[test]
fn every_link_leads_somewhere() {
    let files = pages();
    let link = regex::Regex::new(r"\]\(([^)#]*)(?:#([^)]*))?\)").unwrap();
    let mut n_links = 0;
    for (path, text) in markdown(&files) {
        for found in link.captures_iter(text) {
            let target = match &found[1] {
                "" => path.to_owned(),
                page => format!("docs/{page}"),
            };
            let page = files.get(&target).unwrap_or_else(|| panic!("{path}: no page {target}"));
            if let Some(anchor) = found.get(2) {
                let place = format!("<a id=\"{}\"></a>", anchor.as_str());
                assert!(page.contains(&place), "{path}: no place {target}#{}", anchor.as_str());
            }
            n_links += 1;
        }
    }
    assert!(n_links >= 18, "the walk finds links");
}

/// The rows of a table have as many cells as its head, and tables and fences have blank lines around them.
#[test]
fn tables_and_fences_are_whole() {
    for (path, text) in markdown(&pages()) {
        let mut fenced = false;
        let mut columns = None;
        let mut before = "";
        for line in text.lines() {
            if line.starts_with("```") {
                fenced = !fenced;
                assert!(!fenced || before.is_empty(), "{path}: `{line}` follows `{before}`");
            } else if !fenced && line.starts_with('|') {
                let cells = line.replace("\\|", "").matches('|').count();
                assert!(columns.is_some() || before.is_empty(), "{path}: {line}");
                assert_eq!(*columns.get_or_insert(cells), cells, "{path}: {line}");
            } else {
                assert!(columns.is_none() || line.is_empty(), "{path}: `{line}` ends a table");
                columns = None;
            }
            assert!(!(before.is_empty() && line.is_empty()), "{path}: two blank lines");
            assert!(fenced || line == line.trim_end(), "{path}: `{line}` ends in a blank");
            before = line;
        }
        assert!(!fenced, "{path}: a fence stays open");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
    }
}

#[test]
fn hostile_text_breaks_nothing() {
    let mut system = sample::system();
    let operation = &mut system.services[0].operations[0];
    operation.docs.summary = Some("# a | b\n```\n<script>".into());
    operation.responses[0].docs.summary = Some("x | y\nz".into());
    let page = rendered(&reference::page(&system.services[0]));
    assert!(page.contains("x \\| y z"));
    assert!(!page.contains("\n# a"));
    let overview = rendered(&architecture::page(&system));
    assert!(overview.contains("# a \\| b ``` &lt;script>"), "{overview}");
    assert_eq!(page.matches("\n```").count() % 2, 0, "every fence is closed");
}

/// Every operation, event and type has its place on the one page, and every link of it leads to one.
#[test]
fn the_one_page_holds_all_of_them() {
    let files = pages();
    let site = files.get("docs/index.html").unwrap();
    let found = |pattern: &str| -> BTreeSet<String> {
        let pattern = regex::Regex::new(pattern).unwrap();
        pattern.captures_iter(site).map(|found| found[1].to_owned()).collect()
    };
    let (places, links) = (found("<section id=\"([^\"]+)\""), found("href=\"#([^\"]*)\""));
    assert!(links.len() > 30 && links.is_subset(&places), "{:?}", links.difference(&places));
    let anchor = regex::Regex::new("<a id=\"([^\"]+)\"></a>").unwrap();
    for (path, text) in markdown(&files) {
        let page = path.trim_start_matches("docs/").trim_end_matches(".md");
        for place in anchor.captures_iter(text) {
            assert!(places.contains(&format!("{page}/{}", &place[1])), "{path}: {}", &place[1]);
        }
    }
    let n_pictures = site.matches("<svg ").count();
    assert_eq!(n_pictures, 1 + sample::system().services.len());
    assert!(!site.contains("flowchart LR") && !site.contains("http-equiv=\"refresh"));
}

/// HTML, scripts and pictures of a contract are text on the page, and links of it lead to the web or nowhere.
#[test]
fn contracts_cannot_act_on_the_page() {
    let mut system = sample::system();
    let docs = &mut system.services[0].operations[0].docs;
    docs.summary = Some("<img src=x onerror=alert(1)>".into());
    docs.description = Some(
        "[a](javascript:alert(2)) [b](https://example.com/) ![c](https://example.com/c.png) [d](other.md)\n\n\
         <script>alert(3)</script>\n\n<a id=\"reference\">"
            .into(),
    );
    system.services[0].title = "A\" onload=\"alert(4)".into();
    let files = pages_of(&system);
    let site = files.get("docs/index.html").unwrap();
    for refused in ["<img", "<script>alert", "javascript:", "other.md", "c.png", "<a id"] {
        assert!(!site.contains(refused), "{refused}");
    }
    let attribute = regex::Regex::new("<[^>]* onload=\"").unwrap();
    assert!(!attribute.is_match(site));
    for shown in
        ["&lt;script&gt;alert(3)", "<a href=\"https://example.com/\">b</a>", "&lt;img src=x"]
    {
        assert!(site.contains(shown), "{shown}");
    }
}

/// The runbook tells of every alarm of the template, and of each what to do.
#[test]
fn the_runbook_tells_of_every_alarm() {
    let mut template = FileSet::default();
    let system = sample::system();
    crate::emit::cfn::emit_infrastructure(
        &system,
        crate::emit::cfn::written(&system, crate::emit::cfn::resources(&system)),
        &mut template,
    );
    let template = template.get("infra/template.yaml").unwrap();
    let alarm = regex::Regex::new(r"\n  (\w+):\n    Type: AWS::CloudWatch::Alarm\n").unwrap();
    let alarms: Vec<&str> =
        alarm.captures_iter(template).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(alarms.len() > 10, "{alarms:?}");
    let pages = pages();
    let runbook = pages.get("docs/runbook.md").unwrap();
    let sections: Vec<&str> = runbook.split("\n## ").skip(1).collect();
    let heading = |text: &&str| Some(text.lines().next()?.split_once("</a>")?.1.to_owned());
    let headings: Vec<String> = sections.iter().filter_map(heading).collect();
    assert_eq!(headings, alarms);
    for section in sections {
        assert!(section.contains("\nRaised when the ") && section.contains("\n1. "), "{section}");
        assert!(section.matches('`').count() % 2 == 0, "{section}");
    }
}
