//! Criteria: conditions, patterns and queries.

use super::condition::{self, Tree};
use super::document::is_empty_list;
use super::expression::{self, Section};
use super::jsonpath;
use super::reader::Reader;
use super::value::{expression_type, is_version};
use crate::diag::catalog::workflows as fault;
use crate::model::{Condition, Criterion, CriterionKind, Expression, Literal, TextPart};
use crate::parse::Node;

/// The criteria at a key, as far as they could be read; a list of none is reported.
pub(super) fn criteria(reader: &Reader<'_>, node: &Node, key: &str) -> Vec<Criterion> {
    let Some(list) = node.get(key) else { return vec![] };
    if is_empty_list(list) && key == "successCriteria" {
        reader.fault(fault::empty_list(list.span, key));
    }
    list.items().iter().filter_map(|item| criterion(reader, item)).collect()
}

fn criterion(reader: &Reader<'_>, node: &Node) -> Option<Criterion> {
    if reader.ground.scope.docs.failed(node) {
        return None;
    }
    let condition = node.get("condition")?;
    let text = condition.text()?;
    let kind = node.get("type");
    let name = kind.map_or(Some("simple"), |kind| expression_type(reader, kind))?;
    // The schema of Arazzo 1.0 has it here, its text within `type`.
    if let Some(version) = node.get("version") {
        let text = version.text()?;
        let proper = format!("type: {{type: {name}, version: {text}}}");
        reader.warn(fault::other_notation(version.span, &format!("version: {text}"), &proper));
        if !is_version(reader, name, version) {
            return None;
        }
    }
    let kind = match name {
        "simple" => CriterionKind::Simple(simple(reader, condition, text, None)?),
        "xpath" => {
            reader.fault(fault::xpath(kind.map_or(condition.span, |kind| kind.span)));
            return None;
        }
        "jsonpointer" => {
            let choices = ["simple", "regex", "jsonpath"];
            let at = kind.map_or(condition.span, |kind| kind.span);
            reader.fault(crate::diag::catalog::shape::not_a_choice(at, name, &choices));
            return None;
        }
        _ => {
            let context = node.get("context");
            let Some(context) = context else {
                reader.fault(fault::no_context(condition.span, name));
                return None;
            };
            let (context, pieces) = (reader.expression(context), reader.pieces(condition, text));
            let (context, pieces) = (context?, pieces?);
            match name {
                "regex" => regex(reader, condition, context, pieces)?,
                _ => query(reader, condition, context, pieces)?,
            }
        }
    };
    if let (Some(context), CriterionKind::Simple(_)) = (node.get("context"), &kind) {
        // It has no effect, yet what is written there must mean something.
        reader.expression(context)?;
    }
    Some(Criterion { span: condition.span, text: text.to_owned(), kind })
}

/// A condition. With a context, queries of names and indexes lead into it.
fn simple(
    reader: &Reader<'_>,
    node: &Node,
    text: &str,
    context: Option<&Expression>,
) -> Option<Condition> {
    match condition::parse(text) {
        Ok((tree, others)) => {
            for other in others {
                let at = reader.within(node, other.at, other.length);
                let found = &text[other.at..other.at + other.length];
                reader.warn(fault::other_notation(at, found, &other.proper));
            }
            placed(reader, node, tree, context)
        }
        Err(found) => {
            let at = reader.within(node, found.at, found.length);
            reader.fault(fault::bad_criterion(at, &found.why, found.help.as_deref()));
            None
        }
    }
}

/// The condition with the place of each expression.
fn placed(
    reader: &Reader<'_>,
    node: &Node,
    tree: Tree<'_>,
    context: Option<&Expression>,
) -> Option<Condition> {
    let two = |left: Tree<'_>, right: Tree<'_>| {
        let (left, right) =
            (placed(reader, node, left, context), placed(reader, node, right, context));
        Some((Box::new(left?), Box::new(right?)))
    };
    Some(match tree {
        Tree::Literal(literal) => {
            if let Literal::Text(text) = &literal {
                check_literal(reader, node, text);
            }
            Condition::Literal(literal)
        }
        Tree::Value(text, at) => Condition::Value(match context.and_then(|one| below(one, text)) {
            Some(found) => Expression { span: reader.within(node, at, text.len()), ..found },
            None => reader.expression_in(node, text, at)?,
        }),
        Tree::Not(inner) => Condition::Not(Box::new(placed(reader, node, *inner, context)?)),
        Tree::And(left, right) => {
            let (left, right) = two(*left, *right)?;
            Condition::And(left, right)
        }
        Tree::Or(left, right) => {
            let (left, right) = two(*left, *right)?;
            Condition::Or(left, right)
        }
        Tree::Compare(comparison, left, right) => {
            let (left, right) = two(*left, *right)?;
            Condition::Compare(comparison, left, right)
        }
    })
}

/// Warns of expressions in a string of a condition, where they are text.
fn check_literal(reader: &Reader<'_>, node: &Node, text: &str) {
    let in_braces = expression::sections(text).unwrap_or_default();
    let in_braces = in_braces.into_iter().filter_map(|section| match section {
        Section::Expression(found, _) => expression::parse(found).is_ok().then_some(found),
        Section::Text(_) => None,
    });
    let found = in_braces.chain(expression::without_braces(text)).next();
    if let Some(found) = found {
        let is_whole = text.trim_matches(['{', '}']) == found;
        reader.warn(fault::text_in_condition(node.span, text, found, is_whole));
    }
}

/// What a query of names and indexes finds in a context.
fn below(context: &Expression, query: &str) -> Option<Expression> {
    let mut found = context.clone();
    found.pointer.extend(jsonpath::pointer(query)?);
    let way: String = found.pointer.iter().map(|step| format!("/{step}")).collect();
    let before = context.text.split('#').next().unwrap_or_default();
    found.text = format!("{before}#{way}");
    Some(found)
}

/// A comparison of what simple queries find, which other tools take for a query.
fn comparison(
    reader: &Reader<'_>,
    node: &Node,
    context: &Expression,
    path: &[TextPart],
) -> Option<CriterionKind> {
    let [TextPart::Text(text)] = path else { return None };
    let (tree, _) = condition::parse(text).ok()?;
    let is_simple = |text: &str| !text.starts_with(['$', '@']) || below(context, text).is_some();
    let mut values = vec![];
    collect_values(&tree, &mut values);
    let finds = |text: &&str| text.starts_with("$.") || text.starts_with("$[") || *text == "$";
    if !values.iter().filter(|text| finds(text)).all(|text| is_simple(text)) {
        return None;
    }
    let mut proper = text.clone();
    for value in values.iter().filter(|text| finds(text)) {
        proper = proper.replace(*value, &below(context, value)?.text);
    }
    reader.warn(fault::other_notation(node.span, text, &format!("{proper}` without `type")));
    simple(reader, node, text, Some(context)).map(CriterionKind::Simple)
}

/// The expressions in a condition, as they are written.
fn collect_values<'t>(tree: &Tree<'t>, found: &mut Vec<&'t str>) {
    match tree {
        Tree::Literal(_) => {}
        Tree::Value(text, _) => found.push(text),
        Tree::Not(inner) => collect_values(inner, found),
        Tree::And(left, right) | Tree::Or(left, right) | Tree::Compare(_, left, right) => {
            collect_values(left, found);
            collect_values(right, found);
        }
    }
}

fn regex(
    reader: &Reader<'_>,
    node: &Node,
    context: Expression,
    pattern: Vec<TextPart>,
) -> Option<CriterionKind> {
    if let Some(TextPart::Text(text)) = pattern.first()
        && text.starts_with('$')
        && expression::parse(text).is_ok()
    {
        let why = format!(
            "`{text}` is an expression, and matches nothing as a pattern: `$` is the end of a text"
        );
        let help = "name the value by `context`, and write the pattern that it is to match";
        reader.fault(fault::bad_criterion(node.span, &why, Some(help)));
        return None;
    }
    let pattern = flags_at_once(reader, node, pattern);
    // An expression stands for text that is not known yet.
    let text = sample(&pattern, "x");
    if let Err(error) = scalars::Pattern::new(&text) {
        reader.fault(fault::bad_criterion(node.span, &error.to_string(), None));
        return None;
    }
    Some(CriterionKind::Regex { context, pattern })
}

/// The pattern with flags that hold for all of it, `(?i)…`, as a group of ECMA-262: other engines read them there.
fn flags_at_once(reader: &Reader<'_>, node: &Node, mut pattern: Vec<TextPart>) -> Vec<TextPart> {
    let Some(TextPart::Text(first)) = pattern.first() else { return pattern };
    let flags = first.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
    let is_flag = |flag: char| matches!(flag, 'i' | 'm' | 's');
    let Some((flags, rest)) = flags
        .filter(|(flags, _)| !flags.is_empty() && flags.chars().all(is_flag))
        .map(|(flags, rest)| (flags.to_owned(), rest.to_owned()))
    else {
        return pattern;
    };
    let text = node.text().unwrap_or_default();
    let proper = format!("(?{flags}:{})", &text[flags.len() + 3..]);
    reader.warn(fault::other_notation(node.span, text, &proper));
    pattern[0] = TextPart::Text(format!("(?{flags}:{rest}"));
    pattern.push(TextPart::Text(")".to_owned()));
    pattern
}

fn query(
    reader: &Reader<'_>,
    node: &Node,
    context: Expression,
    path: Vec<TextPart>,
) -> Option<CriterionKind> {
    // A digit may stand in a string and for a number.
    if let Err(found) = jsonpath::check(&sample(&path, "0")) {
        let at = match path.as_slice() {
            [TextPart::Text(_)] => reader.within(node, found.at, found.length),
            _ => node.span,
        };
        let is_comparison = jsonpath::is_comparison(&sample(&path, "0"));
        if let Some(kind) =
            is_comparison.then(|| comparison(reader, node, &context, &path)).flatten()
        {
            return Some(kind);
        }
        reader.fault(match is_comparison {
            true => fault::comparison_as_query(node.span),
            false => fault::bad_jsonpath(at, &found.why),
        });
        return None;
    }
    Some(CriterionKind::JsonPath { context, path, of_itself: false })
}

/// A text with something in the place of each expression.
pub(super) fn sample(pieces: &[TextPart], placeholder: &str) -> String {
    let text = |piece: &TextPart| match piece {
        TextPart::Text(text) => text.clone(),
        TextPart::Expression(_) => placeholder.to_owned(),
    };
    pieces.iter().map(text).collect()
}
