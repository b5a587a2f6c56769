//! Expressions and values of a binding, with their types: what `condition`, `filter` and `set` may compare and store.
//!
//! Owns where a value comes from: `:name` is a parameter, a property of the body, or a value of the enumeration that it
//! is compared with.

use super::super::tables::spelling;
use super::Binder;
use super::condition::{Side, Tree, parse};
use crate::diag::Diagnostic;
use crate::diag::catalog::{bindings as binding_fault, shape::nearest, tables as fault};
use crate::model::{EnumType, Name, Operand, ScalarKind, Term, TypeKind, TypeRef};
use crate::parse::{Node, Value};
use crate::source::Span;

/// Whether two scalars are stored alike, so that they can be compared.
pub(super) fn comparable(one: ScalarKind, other: ScalarKind) -> bool {
    one == other || (one.is_number() && other.is_number())
}

/// A kind of scalar in words.
pub(super) fn words(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::String => "a string",
        ScalarKind::Boolean => "a boolean",
        ScalarKind::Int32 | ScalarKind::Int64 | ScalarKind::Integer => "an integer",
        ScalarKind::Double | ScalarKind::Decimal => "a number",
        ScalarKind::DecimalString => "a string with `format: decimal`",
        ScalarKind::Uuid => "a UUID",
        ScalarKind::DateTime => "a date and time",
        ScalarKind::Date => "a date",
        ScalarKind::Bytes => "binary",
    }
}

impl<'b> Binder<'_, 'b> {
    /// A condition on the item that is there; everything in it must have a value.
    pub(super) fn condition_term(&self, node: &Node) -> Option<Term> {
        let tree = self.parsed(node)?;
        let mut writer = Writer::new(self, node.span);
        let expression = writer.write(&tree)?;
        if let Some(at) = writer.optional.first() {
            let name = &self.parameters()[*at].name.wire;
            let why = format!(
                "`:{name}` is optional: make the parameter `required`, or give it a `default`"
            );
            self.scope.sink.report(fault::bad_condition(node.span, &why));
            return None;
        }
        Some(writer.term(expression))
    }

    /// A filter as terms that all must hold. One with a parameter that is absent asks nothing.
    pub(super) fn filter_terms(&self) -> Option<Vec<Term>> {
        let Some(node) = self.node.get("filter") else { return Some(vec![]) };
        let trees = match self.parsed(node)? {
            Tree::All(terms) => terms,
            tree => vec![tree],
        };
        let mut writer = Writer::new(self, node.span);
        let mut terms = vec![];
        for tree in &trees {
            writer.optional.clear();
            let expression = writer.write(tree)?;
            let is_test = !matches!(tree, Tree::Any(_) | Tree::Not(_) | Tree::All(_));
            if let (Some(at), false) = (writer.optional.first(), is_test) {
                let name = &self.parameters()[*at].name.wire;
                let why = format!(
                    "`:{name}` is optional, which is not supported with `OR` and `NOT`: make the parameter `required`, or give it a `default`"
                );
                self.scope.sink.report(fault::bad_condition(node.span, &why));
                return None;
            }
            terms.push(writer.part(expression));
        }
        Some(terms)
    }

    fn parsed(&self, node: &Node) -> Option<Tree> {
        let parsed = parse(node.text()?);
        parsed.map_err(|why| self.scope.sink.report(fault::bad_condition(node.span, &why))).ok()
    }

    /// What a list holds, seen through names.
    pub(super) fn item_of_list<'t>(&'t self, ty: &'t TypeRef) -> Option<&'t TypeRef> {
        match ty {
            TypeRef::List(list) => Some(&list.item),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.item_of_list(inner),
            TypeRef::Named(id) => self.item_of_list(self.types.alias(*id)?),
            TypeRef::Scalar(_) | TypeRef::Map(_) | TypeRef::Json => None,
        }
    }

    /// The properties of the request's body.
    pub(super) fn body_field(&self, name: &str) -> Option<(Name, TypeRef, bool)> {
        let body = self.draft.operation.body.as_ref().filter(|body| body.required)?;
        let fields = self.types.fields(self.types.id_of(&body.json()?.ty)?)?;
        let (field, _) = fields.into_iter().find(|(field, _)| field.name.wire == name)?;
        let is_there = field.required || field.default.is_some();
        Some((field.name.clone(), field.ty.clone(), is_there))
    }

    /// What `:name` stands for, with its type and whether it is always there.
    pub(super) fn named(
        &self,
        name: &str,
        beside: Option<&TypeRef>,
        span: Span,
    ) -> Option<(Operand, TypeRef, bool)> {
        let parameters = self.parameters();
        if let Some(at) = parameters.iter().position(|one| one.name.wire == name) {
            let parameter = &parameters[at];
            let is_there = parameter.required || parameter.default.is_some();
            return Some((Operand::Parameter(at), parameter.ty.clone(), is_there));
        }
        if let Some((field, ty, is_there)) = self.body_field(name) {
            return Some((Operand::Body(field), ty, is_there));
        }
        let variants = beside.and_then(|ty| self.choice(ty)).map_or(&[][..], |of| &of.variants);
        if let (Some(ty), true) = (beside, variants.iter().any(|variant| variant.wire == name)) {
            let literal = Operand::Literal(serde_json::Value::from(name), ty.clone());
            return Some((literal, ty.clone(), true));
        }
        let known = parameters.iter().chain([]).map(|one| one.name.wire.as_str());
        let known = known.chain(variants.iter().map(|variant| variant.wire.as_str()));
        let near = nearest(name, known);
        self.scope.sink.report(binding_fault::unknown_value(span, name, near));
        None
    }

    /// The enumeration that a type is.
    pub(super) fn choice(&self, ty: &TypeRef) -> Option<&'b EnumType> {
        match self.types.kind(self.types.id_of(not_null(ty))?)? {
            TypeKind::Enum(kind) => Some(kind),
            _ => None,
        }
    }

    /// A value of the contract as one of this type; `refuse` reports why it does not fit.
    pub(super) fn literal(
        &self,
        value: &Value,
        ty: &TypeRef,
        span: Span,
        refuse: fn(Span, &str) -> Diagnostic,
    ) -> Option<Operand> {
        let node = Node { span, value: value.clone() };
        let ty = not_null(ty);
        let misfits = self.types.misfits(&node, ty, super::super::schema::values::Direction::Both);
        if let Some(misfit) = misfits.first() {
            self.scope.sink.report(refuse(span, &misfit.why));
            return None;
        }
        Some(Operand::Literal(node.to_json(), ty.clone()))
    }
}

/// A type without `null`.
pub(super) fn not_null(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => not_null(inner),
        _ => ty,
    }
}

/// What stands on a side: nothing is known of the type of a literal and of what any JSON holds.
struct Typed {
    text: String,
    ty: Option<TypeRef>,
}

/// Writes an expression with placeholders, and checks the types of what it compares.
struct Writer<'w, 'a, 'b> {
    binder: &'w Binder<'a, 'b>,
    span: Span,
    names: Vec<(String, String)>,
    values: Vec<(String, Operand)>,
    /// The parameters in it that may be absent.
    optional: Vec<usize>,
}

impl<'w, 'a, 'b> Writer<'w, 'a, 'b> {
    fn new(binder: &'w Binder<'a, 'b>, span: Span) -> Self {
        Self { binder, span, names: vec![], values: vec![], optional: vec![] }
    }

    fn term(self, expression: String) -> Term {
        Term { expression, names: self.names, values: self.values }
    }

    /// The term of one expression, of those that were written so far.
    fn part(&self, expression: String) -> Term {
        let marks: Vec<&str> = expression
            .split(|char: char| !(char.is_ascii_alphanumeric() || "#:_".contains(char)))
            .collect();
        let of = |mark: &str| marks.contains(&mark);
        let names = self.names.iter().filter(|(mark, _)| of(mark)).cloned().collect();
        let values = self.values.iter().filter(|(mark, _)| of(mark)).cloned().collect();
        Term { expression, names, values }
    }

    fn refuse<T>(&self, why: &str) -> Option<T> {
        self.binder.scope.sink.report(fault::bad_condition(self.span, why));
        None
    }

    fn write(&mut self, tree: &Tree) -> Option<String> {
        match tree {
            Tree::All(terms) => self.join(terms, " AND "),
            Tree::Any(terms) => self.join(terms, " OR "),
            Tree::Not(inner) => Some(format!("NOT {}", self.within(inner)?)),
            Tree::Compare(left, sign, right) => {
                let (left, right) = self.pair(left, right, sign)?;
                Some(format!("{left} {sign} {right}"))
            }
            Tree::Between(left, least, greatest) => {
                let bounds = (least, greatest);
                let (side, least) = self.pair(left, least, "BETWEEN")?;
                self.check_bounds(left, bounds)?;
                let (_, greatest) = self.pair(left, greatest, "BETWEEN")?;
                // DynamoDB refuses a `BETWEEN` whose first end is the larger one.
                Some(format!("{side} >= {least} AND {side} <= {greatest}"))
            }
            Tree::OneOf(left, values) => {
                let mut texts = vec![];
                let mut side = String::new();
                for value in values {
                    let (left, right) = self.pair(left, value, "IN")?;
                    side = left;
                    texts.push(right);
                }
                Some(format!("{side} IN ({})", texts.join(", ")))
            }
            Tree::Call(function, sides) => self.call(function, sides),
        }
    }

    fn join(&mut self, terms: &[Tree], between: &str) -> Option<String> {
        let terms: Option<Vec<String>> = terms.iter().map(|term| self.within(term)).collect();
        Some(terms?.join(between))
    }

    fn within(&mut self, tree: &Tree) -> Option<String> {
        let text = self.write(tree)?;
        let is_test = !matches!(tree, Tree::All(_) | Tree::Any(_) | Tree::Between(..));
        Some(if is_test { text } else { format!("({text})") })
    }

    fn call(&mut self, function: &str, sides: &[Side]) -> Option<String> {
        let (Side::Path(path), value) = (sides.first()?, sides.get(1)) else { return None };
        let typed = self.path(path)?;
        let Some(value) = value else { return Some(format!("{function}({})", typed.text)) };
        let is_text = |ty: &TypeRef| {
            let scalar = self.binder.types.scalar_of(ty);
            scalar.is_none_or(|scalar| !scalar.is_number() && scalar != ScalarKind::Boolean)
        };
        let element = typed.ty.as_ref().and_then(|ty| self.binder.item_of_list(not_null(ty)));
        let expected = match (function, element, &typed.ty) {
            ("contains", Some(element), _) => Some(element.clone()),
            (_, None, Some(ty)) if self.binder.types.scalar_of(ty).is_some() && is_text(ty) => {
                Some(TypeRef::Scalar(ScalarKind::String))
            }
            (_, None, None) => None,
            _ => {
                let wants =
                    if function == "contains" { "a string or an array" } else { "a string" };
                return self.refuse(&format!("`{function}` needs {wants}"));
            }
        };
        let value = self.value(value, expected.as_ref())?;
        Some(format!("{function}({}, {value})", typed.text))
    }

    /// Both sides of a comparison, which must be of types that can be compared.
    fn pair(&mut self, left: &Side, right: &Side, sign: &str) -> Option<(String, String)> {
        let is_value = |side: &Side| matches!(side, Side::Literal(_) | Side::Named(_));
        match (is_value(left), is_value(right)) {
            (true, true) => self.refuse("it compares no attribute"),
            (false, true) => {
                let typed = self.attribute(left)?;
                self.check_order(typed.ty.as_ref(), sign)?;
                self.check_spelling(left, typed.ty.as_ref());
                let right = self.value(right, typed.ty.as_ref())?;
                Some((typed.text, right))
            }
            (true, false) => {
                let typed = self.attribute(right)?;
                self.check_order(typed.ty.as_ref(), sign)?;
                self.check_spelling(right, typed.ty.as_ref());
                let left = self.value(left, typed.ty.as_ref())?;
                Some((left, typed.text))
            }
            (false, false) => {
                let (left, right) = (self.attribute(left)?, self.attribute(right)?);
                if let (Some(one), Some(other)) = (&left.ty, &right.ty) {
                    self.check_order(Some(one), sign)?;
                    self.check_alike(one, other, &left.text, &right.text)?;
                }
                Some((left.text, right.text))
            }
        }
    }

    /// Reports values that are compared in one spelling, in a table where others may have stored them in another.
    fn check_spelling(&self, side: &Side, ty: Option<&TypeRef>) {
        let scalar = ty.and_then(|ty| self.binder.types.scalar_of(ty));
        let spelling = scalar.and_then(spelling).filter(|_| self.binder.table.existing.is_some());
        if let (Side::Path(path), Some(spelling)) = (side, spelling) {
            let (name, table) = (path.join("."), self.binder.table.origin.span);
            let report = fault::compared_spelling(self.span, &name, spelling, table);
            self.binder.scope.sink.report(report);
        }
    }

    /// A comparison by size needs an order that is the one of the values.
    fn check_order(&self, ty: Option<&TypeRef>, sign: &str) -> Option<()> {
        let (Some(ty), false) = (ty, matches!(sign, "=" | "<>" | "IN")) else { return Some(()) };
        match self.binder.types.scalar_of(ty) {
            Some(ScalarKind::DecimalString) => {
                self.refuse("strings with `format: decimal` are not stored in numeric order")
            }
            Some(ScalarKind::Boolean) => self.refuse("booleans have no order"),
            None if !matches!(not_null(ty), TypeRef::Json) => {
                self.refuse("objects and arrays have no order")
            }
            _ => Some(()),
        }
    }

    /// DynamoDB refuses a range whose lower bound is above the upper one.
    fn check_bounds(&mut self, left: &Side, bounds: (&Side, &Side)) -> Option<()> {
        let (Side::Literal(least), Side::Literal(greatest)) = bounds else { return Some(()) };
        let kind = self.attribute(left)?.ty.and_then(|ty| self.binder.types.scalar_of(&ty));
        let is_reversed = match (least, greatest) {
            (Value::Number(least), Value::Number(greatest)) => {
                scalars::Decimal::parse(least) > scalars::Decimal::parse(greatest)
            }
            (Value::Text(least), Value::Text(greatest)) if kind == Some(ScalarKind::DateTime) => {
                scalars::Timestamp::parse(least) > scalars::Timestamp::parse(greatest)
            }
            (Value::Text(least), Value::Text(greatest)) => least > greatest,
            _ => false,
        };
        match is_reversed {
            true => self.refuse("the lower bound of `BETWEEN` is above the upper bound"),
            false => Some(()),
        }
    }

    fn check_alike(&self, one: &TypeRef, other: &TypeRef, left: &str, right: &str) -> Option<()> {
        let types = self.binder.types;
        let (one, other) = (not_null(one), not_null(other));
        if matches!(one, TypeRef::Json) || matches!(other, TypeRef::Json) {
            return Some(());
        }
        match (types.scalar_of(one), types.scalar_of(other)) {
            (Some(a), Some(b)) if comparable(a, b) => Some(()),
            (None, None) if types.id_of(one) == types.id_of(other) || one == other => Some(()),
            (a, b) => {
                let kind =
                    |scalar: Option<ScalarKind>| scalar.map_or("an object or an array", words);
                let (left, right) = (left.trim_start_matches('#'), right.trim_start_matches('#'));
                let why = format!("`{left}` is {}, but `{right}` is {}", kind(a), kind(b));
                self.refuse(&why)
            }
        }
    }

    fn attribute(&mut self, side: &Side) -> Option<Typed> {
        match side {
            Side::Size(path) => {
                let text = self.path(path)?.text;
                let ty = Some(TypeRef::Scalar(ScalarKind::Int64));
                Some(Typed { text: format!("size({text})"), ty })
            }
            Side::Path(path) => self.path(path),
            Side::Named(_) | Side::Literal(_) => None,
        }
    }

    /// A path with a placeholder for each name, and the type of what it leads to.
    fn path(&mut self, path: &[String]) -> Option<Typed> {
        let types = self.binder.types;
        let mut ty = Some(TypeRef::Named(self.binder.table.item));
        let mut marks = vec![];
        for (depth, name) in path.iter().enumerate() {
            let stored = if depth == 0 { self.binder.table.attribute(name) } else { name };
            marks.push(self.mark(stored));
            let Some(object) = ty else { continue };
            let object = not_null(&object).clone();
            let fields = types.id_of(&object).and_then(|id| types.fields(id));
            ty = match fields {
                Some(fields) => match fields.iter().find(|(field, _)| field.name.wire == *name) {
                    Some((field, _)) => Some(field.ty.clone()),
                    None => return self.unknown(depth, name, &object),
                },
                None => match object {
                    TypeRef::Map(map) => Some(map.value.clone()),
                    TypeRef::Json => None,
                    _ => return self.refuse(&format!("`{}` is not an object", path[depth - 1])),
                },
            };
        }
        let ty = ty.filter(|ty| !matches!(not_null(ty), TypeRef::Json));
        Some(Typed { text: marks.join("."), ty })
    }

    fn unknown<T>(&self, depth: usize, name: &str, object: &TypeRef) -> Option<T> {
        let types = self.binder.types;
        let id = types.id_of(object)?;
        let fields = types.fields(id)?;
        let near = nearest(name, fields.iter().map(|(field, _)| field.name.wire.as_str()));
        let place = types.node(id).span;
        let text = &self.binder.scope.docs.sources().file(self.span.file).text;
        let condition = text.get(self.span.start as usize..self.span.end as usize);
        let is_quoted = condition.is_some_and(|text| text.contains(&format!("\"{name}\"")));
        let report = match depth {
            0 if is_quoted => binding_fault::text_in_double_quotes(self.span, name, place),
            0 => fault::key_unknown(self.span, name, near, place),
            _ => binding_fault::property_unknown(self.span, types.wanted(id), name, near, place),
        };
        self.binder.scope.sink.report(report);
        None
    }

    /// A value beside an attribute of this type.
    fn value(&mut self, side: &Side, ty: Option<&TypeRef>) -> Option<String> {
        let binder = self.binder;
        let (operand, mark) = match side {
            Side::Literal(value) => {
                let any = TypeRef::Json;
                {
                    let ty = ty.unwrap_or(&any);
                    (binder.literal(value, ty, self.span, fault::bad_condition)?, None)
                }
            }
            Side::Named(name) => {
                let (operand, own, is_there) = binder.named(name, ty, self.span)?;
                if let Some(ty) = ty {
                    self.check_alike(ty, &own, "the attribute", &format!(":{name}"))?;
                }
                match (&operand, is_there) {
                    (Operand::Parameter(at), false) => self.optional.push(*at),
                    (Operand::Body(_), false) => {
                        let why = format!("`:{name}` is optional: make it `required` in the body");
                        return self.refuse(&why);
                    }
                    _ => {}
                }
                (operand, Some(name))
            }
            Side::Path(_) | Side::Size(_) => return Some(self.attribute(side)?.text),
        };
        if let Some((mark, _)) = self.values.iter().find(|(_, known)| *known == operand) {
            return Some(mark.clone());
        }
        let plain = mark.map_or_else(|| format!("v{}", self.values.len()), |name| plain(name));
        let mark = free(&format!(":{plain}"), |mark| self.values.iter().any(|(m, _)| m == mark));
        self.values.push((mark.clone(), operand));
        Some(mark)
    }

    /// The placeholder of a name.
    fn mark(&mut self, name: &str) -> String {
        if let Some((mark, _)) = self.names.iter().find(|(_, known)| known == name) {
            return mark.clone();
        }
        let mark = format!("#{}", plain(name));
        let mark = free(&mark, |mark| self.names.iter().any(|(known, _)| known == mark));
        self.names.push((mark.clone(), name.to_owned()));
        mark
    }
}

/// A name of letters, digits and `_` alone.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// A placeholder that is not taken.
fn free(mark: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n| format!("{mark}_{n}"));
    let mut all = std::iter::once(mark.to_owned()).chain(numbered);
    all.find(|mark| !is_taken(mark)).unwrap_or_default()
}
