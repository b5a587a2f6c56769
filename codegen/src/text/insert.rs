//! Rust that people wrote, with a module, a method and their imports more.
//!
//! Texts are inserted where the syntax tree says; every other byte stays. What does not parse, or has no place for a
//! method, is left alone.

use std::collections::BTreeSet;

use proc_macro2::LineColumn;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Item, UseTree};

use super::{pretty, widened};

/// What a module with a rule brings to the file that declares it.
#[derive(Debug, Clone, Copy)]
pub struct Addition<'a> {
    /// The module; empty for methods that lead to none.
    pub module: &'a str,
    /// The trait whose methods lead to it.
    pub of_trait: &'a str,
    /// The name and text of each method.
    pub methods: &'a [(String, String)],
    /// The names that it takes from each crate.
    pub imports: &'a [(String, Vec<String>)],
}

/// The file with the addition; the same text where nothing of it is missing, and nothing where it has no place.
#[must_use]
pub fn with_rule(text: &str, addition: &Addition<'_>) -> Option<String> {
    let file = syn::parse_file(text).ok()?;
    let at = |place: LineColumn| offset(text, place);
    let mut inserts: Vec<(usize, String)> = Vec::new();
    let implementation = file.items.iter().find_map(|item| match item {
        Item::Impl(one) => {
            let (path, _) = one.trait_.as_ref()?;
            (path.segments.last()?.ident == addition.of_trait).then_some(one)
        }
        _ => None,
    });
    let is_there = |name: &str| {
        implementation.is_some_and(|one| {
            one.items
                .iter()
                .any(|item| matches!(item, syn::ImplItem::Fn(known) if known.sig.ident == name))
        })
    };
    let missing: Vec<&str> = addition
        .methods
        .iter()
        .filter(|(name, _)| !is_there(name))
        .map(|(_, text)| text.as_str())
        .collect();
    if missing.is_empty() {
        return Some(text.to_owned());
    }
    let methods = methods(&missing)?;
    match implementation {
        Some(one) => {
            let close = at(one.brace_token.span.close().start());
            let line = text[..close].rfind('\n').map_or(close, |newline| newline + 1);
            let place = if one.items.is_empty() { close } else { line };
            inserts.push((place, format!("\n{methods}\n")));
        }
        None => {
            let is_service =
                |item: &&Item| matches!(item, Item::Struct(one) if one.ident == "Service");
            file.items.iter().find(is_service)?;
            let end = text.trim_end().len();
            inserts.push((
                end,
                format!("\n\nimpl {} for Service {{\n{methods}\n}}", addition.of_trait),
            ));
        }
    }
    let modules = file.items.iter().filter_map(|item| match item {
        Item::Mod(one) if one.content.is_none() => Some(one),
        _ => None,
    });
    let modules: Vec<_> = modules.collect();
    let is_declared = modules.iter().any(|known| known.ident == addition.module);
    if !is_declared && !addition.module.is_empty() {
        let declared = format!("mod {};", addition.module);
        let next =
            modules.iter().find(|known| known.ident.unraw().to_string().as_str() > addition.module);
        match (next, modules.last()) {
            (Some(next), _) => {
                inserts.push((at(next.span().start()), format!("{declared}\n")));
            }
            (None, Some(last)) => {
                inserts.push((at(last.span().end()), format!("\n{declared}")));
            }
            (None, None) => {
                inserts.push((at(file.items.first()?.span().start()), format!("{declared}\n\n")));
            }
        }
    }
    inserts.extend(imports(text, &file, addition.imports)?);
    applied(text, inserts)
}

/// The file with a further field of `Service`, which `new` makes by a function of its type; the same text where it is
/// there, and nothing where it has no place.
#[must_use]
pub fn with_field(
    text: &str,
    field: &str,
    of_type: &str,
    docs: &str,
    from: &str,
) -> Option<String> {
    let file = syn::parse_file(text).ok()?;
    let service = file.items.iter().find_map(|item| match item {
        Item::Struct(one) if one.ident == "Service" => Some(one),
        _ => None,
    })?;
    let syn::Fields::Named(fields) = &service.fields else { return None };
    if fields.named.iter().any(|known| known.ident.as_ref().is_some_and(|name| name == field)) {
        return Some(text.to_owned());
    }
    let syn::Stmt::Expr(syn::Expr::Struct(value), None) = new_of(&file)?.block.stmts.last()? else {
        return None;
    };
    let mut inserts = imports(text, &file, &[(from.to_owned(), vec![of_type.to_owned()])])?;
    let member = format!("    /// {docs}\n    pub {field}: {of_type},");
    inserts.push(member_of(text, fields.brace_token.span.close().start(), &member, 0));
    let member = format!("            {field}: {of_type}::new(aws),");
    inserts.push(member_of(text, value.brace_token.span.close().start(), &member, 8));
    // What a service without fields begins with, so that its parameter is used.
    applied(text, inserts).map(|edited| edited.replacen("        let _ = aws;\n", "", 1))
}

/// How many parameters `Service::new` has; nothing where there is no such function.
#[must_use]
pub fn parameters_of_new(text: &str) -> Option<usize> {
    let file = syn::parse_file(text).ok()?;
    new_of(&file).map(|new| new.sig.inputs.len())
}

/// The function that makes a `Service`.
fn new_of(file: &syn::File) -> Option<&syn::ImplItemFn> {
    let is_service =
        |ty: &syn::Type| matches!(ty, syn::Type::Path(one) if one.path.is_ident("Service"));
    let own = file.items.iter().filter_map(|item| match item {
        Item::Impl(one) if one.trait_.is_none() && is_service(&one.self_ty) => Some(one),
        _ => None,
    });
    own.flat_map(|one| &one.items).find_map(|item| match item {
        syn::ImplItem::Fn(known) if known.sig.ident == "new" => Some(known),
        _ => None,
    })
}

/// A line before a closing brace, which gets a line of its own.
fn member_of(text: &str, close: LineColumn, member: &str, indent: usize) -> (usize, String) {
    let close = offset(text, close);
    let line = text[..close].rfind('\n').map_or(0, |newline| newline + 1);
    if text[line..close].trim().is_empty() {
        (line, format!("{member}\n"))
    } else {
        (close, format!("\n{member}\n{:indent$}", ""))
    }
}

/// What has to be inserted for names to be imported.
fn imports(
    text: &str,
    file: &syn::File,
    wanted: &[(String, Vec<String>)],
) -> Option<Vec<(usize, String)>> {
    let mut inserts = Vec::new();
    let uses = file.items.iter().filter_map(|item| match item {
        Item::Use(one) => Some(one),
        _ => None,
    });
    let uses: Vec<_> = uses.collect();
    for (from, names) in wanted {
        let known: BTreeSet<String> =
            uses.iter().flat_map(|one| leaves(&one.tree, from, false)).collect();
        let missing: Vec<String> =
            names.iter().filter(|name| !known.contains(*name)).cloned().collect();
        if missing.is_empty() {
            continue;
        }
        let plain = uses.iter().find(|one| is_list(&one.tree, from));
        let mut all: BTreeSet<String> = missing.into_iter().collect();
        if let Some(plain) = plain {
            all.extend(leaves(&plain.tree, from, false));
        }
        let all: Vec<String> = all.into_iter().collect();
        let line = match all.as_slice() {
            [one] => format!("use {from}::{one};"),
            names => format!("use {from}::{{{}}};", names.join(", ")),
        };
        let line = widened(&pretty(line.parse().ok()?));
        let line = line.trim_end();
        match plain {
            Some(plain) => {
                let (start, end) = (plain.span().start(), plain.span().end());
                inserts
                    .push((offset(text, start), format!("{REPLACES}{}:{line}", offset(text, end))));
            }
            None => inserts.push((offset(text, uses.last()?.span().end()), format!("\n{line}"))),
        }
    }
    Some(inserts)
}

/// Marks an insertion that takes the place of the text up to a byte, which follows the mark.
const REPLACES: char = '\u{0}';

/// The text with all insertions, if it is Rust then.
fn applied(text: &str, mut inserts: Vec<(usize, String)>) -> Option<String> {
    let mut edited = text.to_owned();
    // From the last to the first, so that none moves another; those of one place in the order that they have.
    inserts.sort_by_key(|(place, _)| *place);
    for (place, with) in inserts.iter().rev() {
        match with.strip_prefix(REPLACES).and_then(|with| with.split_once(':')) {
            Some((end, with)) => edited.replace_range(*place..end.parse().ok()?, with),
            None => edited.insert_str(*place, with),
        }
    }
    syn::parse_file(&edited).is_ok().then_some(edited)
}

/// Methods as they stand in an `impl`.
fn methods(texts: &[&str]) -> Option<String> {
    let tokens = format!("impl Service {{ {} }}", texts.join("\n")).parse().ok()?;
    let text = widened(&pretty(tokens));
    let inside = text.trim_end().strip_prefix("impl Service {")?.strip_suffix('}')?;
    Some(inside.trim_matches('\n').to_owned())
}

/// Whether a `use` takes nothing but names from a crate.
fn is_list(tree: &UseTree, from: &str) -> bool {
    let UseTree::Path(path) = tree else { return false };
    path.ident == from
        && match path.tree.as_ref() {
            UseTree::Name(_) => true,
            UseTree::Group(group) => {
                group.items.iter().all(|item| matches!(item, UseTree::Name(_)))
            }
            _ => false,
        }
}

/// The names that a `use` takes from a crate.
fn leaves(tree: &UseTree, from: &str, is_inside: bool) -> Vec<String> {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, from, is_inside || path.ident == from),
        UseTree::Group(group) => {
            group.items.iter().flat_map(|item| leaves(item, from, is_inside)).collect()
        }
        UseTree::Name(name) if is_inside => vec![name.ident.to_string()],
        _ => Vec::new(),
    }
}

fn offset(text: &str, place: LineColumn) -> usize {
    let line =
        text.split_inclusive('\n').take(place.line.saturating_sub(1)).map(str::len).sum::<usize>();
    let column = text[line..].chars().take(place.column).map(char::len_utf8).sum::<usize>();
    line + column
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    const LIB: &str = "//! Rules.\n\nmod a;\n\nuse c::{A, Operations};\nuse runtime::Context;\n\n// mine\npub struct Service {}\n\nimpl Operations for Service {\n    // kept\n    fn a(&self) {}\n}\n";

    fn added(text: &str, of_trait: &str) -> Option<String> {
        let methods = [(
            "b".to_owned(),
            "async fn b(&self, cx: &Context, b: B) { b::b(self, cx, b).await }".to_owned(),
        )];
        let imports = [
            ("c".to_owned(), vec!["A".to_owned(), "B".to_owned()]),
            ("runtime".to_owned(), vec!["Context".to_owned()]),
        ];
        with_rule(text, &Addition { module: "b", of_trait, methods: &methods, imports: &imports })
    }

    #[test]
    fn a_method_comes_last_and_brings_its_module_and_imports() {
        let expected = LIB
            .replace("mod a;\n", "mod a;\nmod b;\n")
            .replace("use c::{A, Operations};", "use c::{A, B, Operations};")
            .replace("fn a(&self) {}\n", "fn a(&self) {}\n\n    async fn b(&self, cx: &Context, b: B) {\n        b::b(self, cx, b).await\n    }\n");
        assert_eq!(added(LIB, "Operations").unwrap(), expected);
        assert_eq!(added(&expected, "Operations").unwrap(), expected, "once is enough");
    }

    #[test]
    fn a_trait_that_is_not_there_gets_an_implementation() {
        let edited = added(LIB, "Announce").unwrap();
        assert!(edited.ends_with("}\n\nimpl Announce for Service {\n    async fn b(&self, cx: &Context, b: B) {\n        b::b(self, cx, b).await\n    }\n}\n"), "{edited}");
    }

    #[test]
    fn a_field_is_made_where_the_service_is() {
        let text = "use c::A;\nuse runtime::Aws;\n\npub struct Service {}\n\nimpl Service {\n    pub fn new(aws: &Aws) -> Self {\n        Self {}\n    }\n}\n";
        let edited = with_field(text, "tables", "Tables", "The tables.", "c").unwrap();
        assert_eq!(
            edited,
            "use c::{A, Tables};\nuse runtime::Aws;\n\npub struct Service {\n    /// The tables.\n    pub tables: Tables,\n}\n\nimpl Service {\n    pub fn new(aws: &Aws) -> Self {\n        Self {\n            tables: Tables::new(aws),\n        }\n    }\n}\n"
        );
        assert_eq!(with_field(&edited, "tables", "Tables", "x", "c").unwrap(), edited);
        let two = with_field(&edited, "publisher", "Publisher", "Publishes.", "c").unwrap();
        assert!(
            two.contains(
                "    pub tables: Tables,\n    /// Publishes.\n    pub publisher: Publisher,\n}"
            ),
            "{two}"
        );
    }

    #[test]
    fn parameters_are_those_of_the_service() {
        let other = "impl Other { fn new() -> Self { Self } }\n";
        let own = "impl Service { fn new(aws: &Aws, settings: Settings) -> Self { Self {} } }\n";
        assert_eq!(parameters_of_new(&format!("{other}{own}")), Some(2));
        assert_eq!(parameters_of_new(other), None);
    }

    #[test]
    fn what_has_no_place_is_left_alone() {
        assert_eq!(added("fn broken( {", "Operations"), None);
        assert_eq!(added("mod a;\nuse c::A;\n", "Operations"), None);
    }
}
