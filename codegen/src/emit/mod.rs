//! From the model to files. This stage cannot fail: invalid contracts were refused before.

mod cfn;
mod crates;
mod docs;
mod rust;
#[cfg(test)]
mod sample;
mod workflows;

pub use cfn::{Clash, FunctionSize, Resources, TemplateSize, Thing, Written};
pub use crates::Crates;
pub use docs::Language;
pub use rust::{
    CrateFolders, Implementation, Rules, Skeleton, lacks_settings, own_authorizer, skeleton,
};

use std::borrow::Cow;

use crate::model::System;
use crate::text::FileSet;

/// The file that tells of which contracts the others were made.
const SUMS: &str = "contracts.sum";

const SUMS_HEAD: &str = "# @generated from these contracts; edits are overwritten.\n";

/// All files that the system's contracts come to, with manifests as `crates` says.
#[must_use]
pub fn emit(system: &System, crates: &Crates) -> FileSet {
    emit_with(system, crates, written(system, resources(system)))
}

/// The same with the template of the system, which [`written`] made.
#[must_use]
pub fn emit_with(system: &System, crates: &Crates, template: Written) -> FileSet {
    let mut files = FileSet::default();
    cfn::emit_infrastructure(system, template, &mut files);
    for service in &system.services {
        rust::emit_service(system, service, crates, &mut files);
    }
    rust::emit_authorizer(system, crates, &mut files);
    rust::emit_client(system, crates, &mut files);
    workflows::emit_workflows(system, crates, &mut files);
    docs::emit_docs(system, &mut files);
    files.insert(SUMS, format!("{SUMS_HEAD}{}", system.sums));
    marked(files)
}

/// The parameter that holds the name of a table that is there already.
#[must_use]
pub fn table_parameter(table: &crate::model::Table) -> String {
    cfn::name_parameter(table)
}

/// Everything that is deployed as one template in JSON, whatever the layout, to be compared with what runs. The metadata of
/// each resource also names its place in the contracts (`Source`).
#[must_use]
pub fn template(system: &System) -> serde_json::Value {
    cfn::template_json(system)
}

/// The resources that a system needs of AWS.
#[must_use]
pub fn resources(system: &System) -> Resources {
    cfn::resources(system)
}

/// Every two things that the contracts name and that come to one logical id. Nothing else can be emitted before there is
/// none.
#[must_use]
pub fn clashes<'a>(system: &'a System, resources: &Resources) -> Vec<Clash<'a>> {
    cfn::clashes(system, resources)
}

/// How large the settings of functions are at least, where AWS limits them.
#[must_use]
pub fn function_sizes(system: &System) -> Vec<FunctionSize<'_>> {
    cfn::function_sizes(system)
}

/// The templates of a system with their texts: the one that is deployed, then those that it nests.
#[must_use]
pub fn written(system: &System, resources: Resources) -> Written {
    cfn::written(system, resources)
}

/// The files of these templates, below the folder of generated files.
#[must_use]
pub fn template_files(system: &System) -> Vec<String> {
    cfn::template_files(system)
}

/// The system as a diagram: services, routes, events, queues and tables.
#[must_use]
pub fn diagram(system: &System, language: Language) -> String {
    docs::diagram(system, language)
}

/// A text without control characters, which a terminal obeys, and without the signs that turn the direction of writing: in
/// a comment they would make code read as other code than it is, and the compiler refuses them. Literals have them escaped
/// before.
fn without_controls(text: &str) -> Cow<'_, str> {
    let hides = |char: char| {
        (char.is_control() && !matches!(char, '\n' | '\r' | '\t'))
            || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    // The first bytes of what hides, in UTF-8, of which most texts have none.
    let may_hide = |byte: u8| match byte {
        b' '..=b'~' | b'\n' | b'\r' | b'\t' => false,
        byte => byte.is_ascii() || matches!(byte, 0xc2 | 0xe2),
    };
    match text.bytes().any(may_hide) && text.contains(hides) {
        true => Cow::Owned(text.replace(hides, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

/// Says at the head of each file of code what it is. Templates and documents say it themselves, and how they are used.
fn marked(files: FileSet) -> FileSet {
    const MARK: &str = "@generated from the contracts in spec/; edits are overwritten.";
    let mut marked = FileSet::default();
    for (path, text) in files {
        let comment = match path.rsplit_once('.') {
            Some((_, "rs" | "ts")) => Some("//"),
            Some((_, "toml")) => Some("#"),
            _ => None,
        };
        // JSON is data: it escapes what it must, and keeps every value.
        let plain = match path.ends_with(".json") {
            true => Cow::Borrowed(&*text),
            false => without_controls(&text),
        };
        let text = match (plain, comment) {
            (plain, Some(comment)) => format!("{comment} {MARK}\n\n{}\n", plain.trim_end()).into(),
            (Cow::Owned(plain), None) => plain.into(),
            (Cow::Borrowed(_), None) => text,
        };
        marked.insert(path, text);
    }
    marked
}
