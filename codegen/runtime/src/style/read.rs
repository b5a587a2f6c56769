//! From texts to JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Shape, Style, is_line_each};
use crate::body::read_form;
use crate::json::{Json, Members};

/// Names with their values, in the order in which they came.
pub(crate) type Pairs<'a> = [(Cow<'a, str>, Cow<'a, str>)];

/// How deep brackets may lie in one another.
const MAX_DEPTH: usize = 16;

/// Reads a value out of pairs; none where nothing stands for it. The error says what is odd.
pub(crate) fn read_pairs(
    pairs: &Pairs<'_>,
    name: &str,
    style: Style,
    shape: &Shape,
) -> Result<Option<Json>, String> {
    let of_name =
        || pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_ref());
    match style {
        Style::Repeated | Style::Rest(_) => {
            let properties = shape.properties();
            let taken = |known: &str| match style {
                // `filter[open]` is a part of the parameter `filter`.
                Style::Rest(others) => {
                    !others.iter().any(|other| *other == known.split('[').next().unwrap_or(known))
                        && !others.contains(&known)
                }
                _ => properties.contains(&known),
            };
            let object = if shape.is_object() { beside(pairs, shape, taken)? } else { None };
            match object {
                Some(object) => Ok(Some(object)),
                None => several(of_name().collect(), shape),
            }
        }
        Style::Form(_) if pairs.is_empty() => Ok(None),
        Style::Form(styles) => read_form(pairs, shape, styles).map(Some),
        Style::Deep => deep(pairs, name, shape),
        _ => match of_name().collect::<Vec<_>>().as_slice() {
            [] => Ok(None),
            [text] if style == Style::Json => json(text).map(Some),
            [text] => joined(text, style, shape, as_it_is).map(Some),
            more => Err(format!("found {} values, expected one", more.len())),
        },
    }
}

/// Undoes the encoding of one item of a text.
pub(crate) type Undo = fn(&str) -> Cow<'_, str>;

/// A text that is not encoded.
pub(crate) fn as_it_is(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Reads a value out of one text, as paths and headers have it. Items are told apart before their encoding is undone,
/// so that one may hold what stands between them.
pub(crate) fn read_text(
    text: &str,
    name: &str,
    style: Style,
    shape: &Shape,
    undo: Undo,
) -> Result<Json, String> {
    let inner = match style {
        Style::Json => return json(&undo(text)),
        Style::Label | Style::LabelExploded => text.strip_prefix('.').ok_or("a leading `.`"),
        Style::Matrix => text
            .strip_prefix(';')
            .and_then(|text| text.strip_prefix(name)?.strip_prefix('='))
            .ok_or("`;`, the name and `=` first"),
        Style::MatrixExploded => text.strip_prefix(';').ok_or("a leading `;`"),
        _ => Ok(text),
    };
    let inner = inner.map_err(|expected| format!("found {text:?}, expected {expected}"))?;
    if style == Style::MatrixExploded && !shape.is_object() {
        // Every item carries the name: `;a=1;a=2`.
        let items =
            inner.split(';').map(|item| Some(undo(item.strip_prefix(name)?.strip_prefix('=')?)));
        let items: Option<Vec<Cow<'_, str>>> = items.collect();
        let items =
            items.ok_or_else(|| format!("found {text:?}, expected `{name}=` in each part"))?;
        let value = several(items.iter().map(AsRef::as_ref).collect(), shape)?;
        return Ok(value.unwrap_or(Json::Null));
    }
    joined(inner, style, shape, undo)
}

/// Reads a value out of the lines of a header; none where there is no line.
pub(crate) fn read_lines(
    lines: &[&str],
    name: &str,
    style: Style,
    shape: &Shape,
) -> Result<Option<Json>, String> {
    let Some(first) = lines.first() else { return Ok(None) };
    if !is_line_each(name, style) {
        return read_text(first, name, style, shape, as_it_is).map(Some);
    }
    if !shape.is_object() {
        return several(lines.to_vec(), shape);
    }
    let mut map = Members::default();
    for line in lines {
        let (key, value) = line.split_once('=').ok_or("found a name without a value")?;
        let below = shape.property(key).unwrap_or(&Shape::Text);
        if map.insert(key.to_owned(), scalar(value, below)).is_some() {
            return Err("found a property twice".to_owned());
        }
    }
    Ok(Some(Json::Object(map)))
}

fn json(text: &str) -> Result<Json, String> {
    Json::parse(text)
}

/// One text with a delimiter between items, or between names and values.
fn joined(text: &str, style: Style, shape: &Shape, undo: Undo) -> Result<Json, String> {
    let may_be_other = shape.is_scalar() || shape.item().is_some();
    if shape.is_object() {
        match members(text, style, shape, undo) {
            Ok(map) if !(map.is_empty() && may_be_other) => return Ok(Json::Object(map)),
            Err(why) if !may_be_other => return Err(why),
            _ => {}
        }
    }
    let parts: Vec<Cow<'_, str>> = text.split(style.delimiter()).map(|part| undo(part)).collect();
    Ok(match (shape.item(), parts.as_slice()) {
        (Some(_), [only]) if shape.is_scalar() => scalar(only, shape),
        (Some(_), [only]) if only.is_empty() => Json::Array(vec![]),
        (Some(item), parts) => {
            Json::Array(parts.iter().map(|text| scalar(text.trim(), item)).collect())
        }
        (None, _) => scalar(&undo(text), shape),
    })
}

/// The properties of an object in one text: names and values in turn, or with `=` between the two.
fn members(
    text: &str,
    style: Style,
    shape: &Shape,
    undo: Undo,
) -> Result<Members<'static>, String> {
    let parts: Vec<&str> = text.split(style.delimiter()).filter(|_| !text.is_empty()).collect();
    let pairs: Vec<(&str, &str)> = match style.assigns() {
        true => parts.iter().filter_map(|part| part.split_once('=')).collect(),
        false => parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect(),
    };
    let n_expected = if style.assigns() { parts.len() } else { parts.len().div_ceil(2) };
    if pairs.len() < n_expected {
        return Err("found a name without a value".to_owned());
    }
    let members = pairs.into_iter().map(|(name, value)| {
        let name = undo(name).into_owned();
        let below = shape.property(&name).unwrap_or(&Shape::Text);
        let value = scalar(&undo(value), below);
        (Cow::Owned(name), value)
    });
    Members::sorted(members.collect()).map_err(|_| "found a property twice".to_owned())
}

/// The values of each name, in one pass: a body may have more names than could be looked for one by one.
pub(crate) fn grouped<'p>(
    pairs: &'p Pairs<'_>,
    taken: impl Fn(&str) -> bool,
) -> BTreeMap<&'p str, Vec<&'p str>> {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in pairs.iter().filter(|(name, _)| taken(name)) {
        all.entry(name).or_default().push(value);
    }
    all
}

/// The properties of an object as pairs of their own; none where there is not one of them.
fn beside(
    pairs: &Pairs<'_>,
    shape: &Shape,
    taken: impl Fn(&str) -> bool,
) -> Result<Option<Json>, String> {
    let mut map = Members::default();
    for (name, values) in grouped(pairs, taken) {
        let shape = shape.property(name).unwrap_or(&Shape::Text);
        let value = several(values, shape).map_err(|why| format!("`{name}`: {why}"))?;
        if let Some(value) = value {
            map.insert(name.to_owned(), value);
        }
    }
    Ok((!map.is_empty()).then_some(Json::Object(map)))
}

/// The values of one name: a list where that is possible, else the only one.
pub(crate) fn several(texts: Vec<&str>, shape: &Shape) -> Result<Option<Json>, String> {
    match (texts.as_slice(), shape.item()) {
        ([], _) => Ok(None),
        ([only], None) => Ok(Some(scalar(only, shape))),
        ([only], Some(_)) if shape.is_scalar() => Ok(Some(scalar(only, shape))),
        (texts, Some(item)) => {
            Ok(Some(Json::Array(texts.iter().map(|text| scalar(text, item)).collect())))
        }
        (texts, None) => Err(format!("found {} values, expected one", texts.len())),
    }
}

/// One text as the narrowest kind that its shape allows.
fn scalar(text: &str, shape: &Shape) -> Json {
    if shape.may_be(|shape| matches!(shape, Shape::Json))
        && let Ok(value) = json(text)
    {
        return value;
    }
    let is_possible = |value: &Json| match value {
        Json::Number(_) => shape.may_be(|shape| matches!(shape, Shape::Number)),
        _ => shape.may_be(|shape| matches!(shape, Shape::Boolean)),
    };
    narrow(text).filter(is_possible).unwrap_or_else(|| Json::from(text))
}

/// The number or truth value that a text spells.
pub(super) fn narrow(text: &str) -> Option<Json> {
    match text {
        "true" | "false" => Some(Json::Bool(text == "true")),
        // JSON has blanks around a number; the number itself has none.
        _ if text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
            && text.ends_with(|last: char| last.is_ascii_digit()) =>
        {
            json(text).ok().filter(|value| matches!(value, Json::Number(_)))
        }
        _ => None,
    }
}

/// What stands below a name in brackets.
#[derive(Default)]
struct Tree<'a> {
    texts: Vec<&'a str>,
    below: BTreeMap<&'a str, Tree<'a>>,
}

/// `a[b][c]=1`, and `a[b][]=1` or `a[b][0]=1` for lists.
fn deep(pairs: &Pairs<'_>, name: &str, shape: &Shape) -> Result<Option<Json>, String> {
    let mut root = Tree::default();
    let mut is_there = false;
    for (key, value) in pairs {
        let Some(rest) = key.strip_prefix(name) else { continue };
        if !rest.is_empty() && !rest.starts_with('[') {
            continue;
        }
        is_there = true;
        let mut at = &mut root;
        for step in
            steps(rest).ok_or_else(|| format!("found {key:?}, expected names in brackets"))?
        {
            at = at.below.entry(step).or_default();
        }
        at.texts.push(value);
    }
    if is_there { root.value(shape).map(Some) } else { Ok(None) }
}

/// The names in `[a][b]`; none where it is nothing of the kind, or too deep.
fn steps(mut rest: &str) -> Option<Vec<&str>> {
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, after) = rest.strip_prefix('[')?.split_once(']')?;
        steps.push(step);
        rest = after;
        if steps.len() > MAX_DEPTH {
            return None;
        }
    }
    Some(steps)
}

impl Tree<'_> {
    fn value(self, shape: &Shape) -> Result<Json, String> {
        if self.below.is_empty() {
            return several(self.texts, shape).map(|value| value.unwrap_or(Json::Null));
        }
        let is_index = |step: &str| step.is_empty() || step.bytes().all(|b| b.is_ascii_digit());
        if let Some(item) = shape.item()
            && self.below.keys().all(|step| is_index(step))
        {
            let mut below: Vec<(&str, Self)> = self.below.into_iter().collect();
            below.sort_by_key(|(step, _)| step.parse::<u32>().unwrap_or(u32::MAX));
            let mut items: Vec<Json> = self.texts.iter().map(|text| scalar(text, item)).collect();
            for (step, tree) in below {
                match step {
                    // `a[]=1&a[]=2`: one step with all items.
                    "" if tree.below.is_empty() => {
                        items.extend(tree.texts.iter().map(|text| scalar(text, item)));
                    }
                    _ => items.push(tree.value(item)?),
                }
            }
            return Ok(Json::Array(items));
        }
        if !self.texts.is_empty() {
            return Err("found a value and names in brackets".to_owned());
        }
        let mut map = Members::default();
        for (step, tree) in self.below {
            let below = shape.property(step).unwrap_or(&Shape::Text);
            map.insert(
                step.to_owned(),
                tree.value(below).map_err(|why| format!("`{step}`: {why}"))?,
            );
        }
        Ok(Json::Object(map))
    }
}
