//! `x-dynamodb` on an operation: what its generated body does.
//!
//! Owns the match of an operation with a table: where keys come from, what the answers must be, conditions and
//! pages. Whatever a generated body could not do right is refused here, so that emission need not ask.

mod condition;
mod page;

use super::Scope;
use super::names;
use super::rest::Drafted;
use super::schema::{Access, Types};
use super::tables::Stored;
use crate::diag::catalog::{shape::nearest, tables as fault};
use crate::model::{
    Binding, BoundAction, Codec, Content, Guard, KeyAttribute, KeySource, Location, Name, Page,
    Parameter, ParameterLocation, QueryBy, Response, ScalarKind, Segment, Status, Table,
    TableAccess, TableAction, TableId,
};
use crate::parse::Node;
use crate::source::Span;

/// Binds the operations that ask for it; the flag tells whether all could be bound.
pub(crate) fn bind_operations<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    tables: &[Stored],
    drafted: &mut [Drafted<'a>],
) -> bool {
    let mut sound = true;
    for draft in drafted.iter_mut() {
        let bound =
            draft.node.get("x-dynamodb").map(|node| bind(scope, types, tables, draft, node));
        if let Some(binding) = bound {
            sound &= binding.is_some();
            draft.operation.binding = binding;
        }
        match access(scope, tables, draft.node, draft.operation.binding.as_ref()) {
            Some(access) => draft.operation.access = access,
            None => sound = false,
        }
    }
    sound & place_locations(scope, tables, drafted)
}

fn bind<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    tables: &[Stored],
    draft: &Drafted<'a>,
    node: &'a Node,
) -> Option<Binding> {
    if scope.docs.failed(node) {
        return None;
    }
    let action = node.text_at("action")?;
    let (table_id, stored) = find_table(scope, tables, node.get("table")?)?;
    let table = &stored.table;
    let binder = Binder { scope, types, draft, node, action, table, item: &stored.schema };
    binder.check_keys()?;
    let bound = match action {
        "get" => binder.get(),
        "create" => binder.create(),
        "put" => binder.put(),
        "replace" => binder.replace(),
        "delete" => binder.delete(),
        "query" => binder.query(),
        _ => binder.list(),
    };
    let action = bound?;
    binder.check_used(&action)?;
    Some(Binding { table: table_id, action, origin: scope.origin(node.span) })
}

/// A table by the name of its schema.
fn find_table<'t>(
    scope: Scope<'_>,
    tables: &'t [Stored],
    named: &Node,
) -> Option<(TableId, &'t Stored)> {
    let name = named.text()?;
    if let Some(at) = tables.iter().position(|stored| stored.schema == name) {
        return Some((TableId(at), &tables[at]));
    }
    let known: Vec<&str> = tables.iter().map(|stored| stored.schema.as_str()).collect();
    let by_table = tables
        .iter()
        .find(|stored| stored.table.name.wire == name)
        .map(|stored| stored.schema.as_str());
    let near = by_table.or_else(|| nearest(name, known.iter().copied()));
    scope.sink.report(fault::unknown_table(named.span, name, near, &known));
    None
}

/// One operation on its way to a binding.
struct Binder<'a, 'b> {
    scope: Scope<'a>,
    types: &'b Types<'a>,
    draft: &'b Drafted<'a>,
    node: &'a Node,
    action: &'a str,
    table: &'b Table,
    /// The name of the item's schema.
    item: &'b str,
}

impl Binder<'_, '_> {
    /// Keys of `x-dynamodb` that mean nothing for the action.
    fn check_keys(&self) -> Option<()> {
        const ACTIONS: &[(&str, &[&str])] = &[
            ("index", &["query", "list"]),
            ("limit", &["query", "list"]),
            ("next", &["query", "list"]),
            ("consistent", &["get", "query", "list"]),
            ("condition", &["put", "replace", "delete"]),
            ("onConditionFailed", &["create", "put", "replace", "delete"]),
        ];
        let mut sound = true;
        for (key, actions) in ACTIONS {
            if let Some(entry) = self.node.entry(key).filter(|_| !actions.contains(&self.action)) {
                self.scope.sink.report(fault::key_of_other_action(
                    entry.key_span,
                    key,
                    self.action,
                    actions,
                ));
                sound = false;
            }
        }
        sound.then_some(())
    }

    /// Every parameter is one that the generated body uses: what a client asks for must not be ignored.
    fn check_used(&self, action: &BoundAction) -> Option<()> {
        let of_key = |key: &KeySource| std::iter::once(key.partition).chain(key.sort).collect();
        let used: Vec<usize> = match action {
            BoundAction::Get { key, .. }
            | BoundAction::Replace { key, .. }
            | BoundAction::Delete { key, .. } => of_key(key),
            BoundAction::Create { key, .. } | BoundAction::Put { key, .. } => {
                key.as_ref().map(of_key).unwrap_or_default()
            }
            BoundAction::Query { by, page, .. } => of_query(Some(by), page),
            BoundAction::List { by, page, .. } => of_query(by.as_ref(), page),
        };
        let unused = (0..self.parameters().len()).filter(|at| !used.contains(at));
        let unused: Vec<&Parameter> = unused.map(|at| &self.parameters()[at]).collect();
        for parameter in &unused {
            let (place, name) = (parameter.location.as_str(), &parameter.name.wire);
            self.scope.sink.report(fault::parameter_unused(
                parameter.origin.span,
                self.action,
                place,
                name,
                self.node.span,
            ));
        }
        unused.is_empty().then_some(())
    }

    /// The key in the path, where there is one, of an operation whose body has the key too: both must be the same.
    fn key_beside_body(&self) -> Option<KeySource> {
        let in_path = |_, parameter: &Parameter| parameter.location == ParameterLocation::Path;
        let partition = self.parameter_for(&self.table.key.partition, in_path)?;
        let sort = self.table.key.sort.as_ref();
        let sort = sort.and_then(|sort| {
            self.parameter_for(sort, |at, one| in_path(at, one) && at != partition)
        });
        Some(KeySource { partition, sort })
    }

    fn span(&self) -> Span {
        self.node.get("action").map_or(self.node.span, |node| node.span)
    }

    fn parameters(&self) -> &[Parameter] {
        &self.draft.operation.parameters
    }

    fn response(&self, status: u16) -> Option<&Response> {
        let code = Status::Code(status);
        self.draft.operation.responses.iter().find(|response| response.status == code)
    }

    /// The one answer for success.
    fn success(&self) -> Option<&Response> {
        let mut answers =
            self.draft.operation.responses.iter().filter(|response| response.is_success());
        let answer = answers.next();
        match (answer, answers.next()) {
            (Some(answer), None) if matches!(answer.status, Status::Code(_)) => Some(answer),
            (_, other) => {
                let why = "a generated body gives exactly one answer for success, with a status of its own";
                let at = other.map_or(self.span(), |other| other.origin.span);
                self.scope.sink.report(fault::needs_response(at, self.action, "2XX", why));
                None
            }
        }
    }

    fn needs(&self, status: u16, why: &str) -> Option<()> {
        if self.response(status).is_some() {
            return Some(());
        }
        self.scope.sink.report(fault::needs_response(
            self.span(),
            self.action,
            &status.to_string(),
            why,
        ));
        None
    }

    /// The success response must hold the item, or nothing where that is allowed.
    fn answers_item(&self, or_nothing: bool) -> Option<()> {
        let success = self.success()?;
        let fits = match success.contents.as_slice() {
            [] => or_nothing,
            [only] => self.is_item(only),
            _ => false,
        };
        if !fits {
            let expected = format!("`{}`", self.item);
            let report = fault::response_of_other_type(
                success.origin.span,
                self.action,
                &expected,
                self.node.span,
            );
            self.scope.sink.report(report);
        }
        fits.then_some(())
    }

    /// Whether a body is an item of the table, as JSON.
    fn is_item(&self, content: &Content) -> bool {
        content.codec == Codec::Json && self.types.id_of(&content.ty) == Some(self.table.item)
    }

    fn answers_nothing(&self) -> Option<()> {
        let success = self.success()?;
        if !success.contents.is_empty() {
            let report = fault::response_of_other_type(
                success.origin.span,
                self.action,
                "no body (`'204'`)",
                self.node.span,
            );
            self.scope.sink.report(report);
            return None;
        }
        Some(())
    }

    /// The request body must be the item.
    fn takes_item(&self) -> Option<()> {
        let body = self.draft.operation.body.as_ref();
        let fits = body.is_some_and(|body| {
            body.required && matches!(body.contents.as_slice(), [only] if self.is_item(only))
        });
        if !fits {
            let at = body.map_or(self.span(), |body| body.origin.span);
            let item = if body.is_some_and(|body| !body.required) {
                format!("{}`, with `required: true", self.item)
            } else {
                self.item.to_owned()
            };
            self.scope.sink.report(fault::body_not_item(at, self.action, &item));
        }
        fits.then_some(())
    }

    fn takes_nothing(&self) -> Option<()> {
        let Some(body) = &self.draft.operation.body else { return Some(()) };
        self.scope.sink.report(fault::body_unused(body.origin.span, self.action));
        None
    }

    /// The parameter that a key attribute comes from: of the same name, or of a name that says the same. `id` says
    /// the same as `productId` where the item is a product, and behind `/product/`.
    fn parameter_for(
        &self,
        key: &KeyAttribute,
        place: impl Fn(usize, &Parameter) -> bool,
    ) -> Option<usize> {
        /// Takes a parameter's name, the key's, the item's, and what stands before the parameter.
        type Fits = fn(&str, &str, &str, &str) -> bool;
        let fits: [Fits; 4] = [
            |name, key, _, _| name == key,
            |name, key, _, _| name.eq_ignore_ascii_case(key),
            |name, key, item, _| {
                let full = |short: &str| names::joined(&[item, short]);
                names::joined(&[name]) == full(key) || full(name) == names::joined(&[key])
            },
            |name, key, _, folder| {
                !folder.is_empty() && names::joined(&[folder, name]) == names::joined(&[key])
            },
        ];
        fits.into_iter().find_map(|fits| {
            self.parameters().iter().enumerate().position(|(at, p)| {
                let folder = self.folder_of(p);
                place(at, p) && fits(&p.name.wire, &key.name.wire, self.item, folder)
            })
        })
    }

    /// What stands before a path parameter: `product` in `/product/{id}`; nothing for any other.
    fn folder_of(&self, parameter: &Parameter) -> &str {
        let mut folder = "";
        for segment in &self.draft.operation.path.segments {
            match segment {
                Segment::Parameter(name)
                    if *name == parameter.name.wire
                        && parameter.location == ParameterLocation::Path =>
                {
                    return folder;
                }
                Segment::Parameter(_) | Segment::Mixed(_) => folder = "",
                Segment::Literal(text) => folder = text.as_str(),
            }
        }
        ""
    }

    /// The whole key, from the path (the sort key from a required query parameter too).
    fn key_source(&self) -> Option<KeySource> {
        let in_path = |_, parameter: &Parameter| parameter.location == ParameterLocation::Path;
        let given = |at, parameter: &Parameter| {
            in_path(at, parameter)
                || (parameter.location == ParameterLocation::Query && parameter.required)
        };
        let missing = |key: &KeyAttribute, place: &str| {
            self.scope.sink.report(fault::no_key_parameter(
                self.span(),
                self.action,
                &key.name.wire,
                place,
            ));
        };
        let key = &self.table.key;
        let partition = self.parameter_for(&key.partition, in_path);
        if partition.is_none() {
            missing(&key.partition, "the path");
        }
        let sort = key.sort.as_ref().map(|sort| {
            let found = self.parameter_for(sort, |at, p| given(at, p) && partition != Some(at));
            if found.is_none() {
                missing(sort, "the path or a required query parameter");
            }
            found
        });
        Some(KeySource {
            partition: partition?,
            sort: sort.map_or(Some(None), |sort| sort.map(Some))?,
        })
    }

    /// What a key property does in a request: read-only ones cannot come from the body.
    fn key_fields(&self) -> Vec<(Name, ScalarKind, Access, Span)> {
        let key = &self.table.key;
        let fields = self.types.fields(self.table.item).unwrap_or_default();
        let attributes = std::iter::once(&key.partition).chain(&key.sort);
        attributes
            .filter_map(|attribute| {
                let (field, access) =
                    fields.iter().find(|(field, _)| field.name == attribute.name)?;
                Some((field.name.clone(), attribute.scalar, *access, field.origin.span))
            })
            .collect()
    }

    fn get(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.needs(404, "it is the answer when there is no such item")?;
        self.takes_nothing()?;
        self.answers_item(false)?;
        Some(BoundAction::Get { key: key?, consistent: self.node.is_set("consistent") })
    }

    /// What no client may set must come from somewhere: a value that the contract gives, or that the service makes.
    fn fills(&self, remakes: bool) -> Option<()> {
        let key = &self.table.key;
        let is_key = |name: &Name| {
            std::iter::once(&key.partition)
                .chain(&key.sort)
                .any(|attribute| attribute.name == *name)
        };
        let fields = self.types.fields(self.table.item).unwrap_or_default();
        let unset = fields.into_iter().filter(|(field, access)| {
            // The version of what was there before is not known here, nor when it was made.
            let is_made = field.generated.is_some() && !remakes;
            *access == Access::Read
                && field.required
                && field.default.is_none()
                && !is_made
                && !is_key(&field.name)
        });
        let mut sound = true;
        for (field, _) in unset {
            let name = &field.name.wire;
            let place = field.origin.span;
            self.scope.sink.report(fault::unset_property(
                self.span(),
                self.action,
                name,
                place,
                remakes,
            ));
            sound = false;
        }
        sound.then_some(())
    }

    fn create(&self) -> Option<BoundAction> {
        self.takes_item()?;
        self.fills(false)?;
        self.answers_item(true)?;
        let mut generated_key = None;
        for (name, scalar, access, span) in self.key_fields() {
            if access != Access::Read {
                continue;
            }
            if scalar != ScalarKind::Uuid || generated_key.is_some() {
                let why = "a read-only key must be made by the service, which it can only with `format: uuid`";
                self.scope.sink.report(fault::key_not_in_body(
                    self.span(),
                    self.action,
                    &name.wire,
                    span,
                    why,
                ));
                return None;
            }
            generated_key = Some(name);
        }
        let asked = match self.node.get("onConditionFailed") {
            Some(node) => Some(self.status(node)?),
            None => self.response(409).map(|_| 409),
        };
        if asked.is_none() && generated_key.is_none() {
            self.needs(409, "it is the answer when the key is taken")?;
        }
        self.check_headers()?;
        let key = self.key_beside_body().filter(|_| generated_key.is_none());
        Some(BoundAction::Create { on_exists: asked, generated_key, key, location: None })
    }

    /// A generated body knows what to put into `Location` and no other header.
    fn check_headers(&self) -> Option<()> {
        let success = self.success()?;
        let unfilled = success
            .headers
            .iter()
            .find(|header| header.required && !header.name.wire.eq_ignore_ascii_case("location"));
        if let Some(header) = unfilled {
            self.scope.sink.report(fault::header_unfilled(success.origin.span, &header.name.wire));
            return None;
        }
        Some(())
    }

    fn put(&self) -> Option<BoundAction> {
        self.takes_item()?;
        self.fills(true)?;
        self.answers_item(true)?;
        for (name, _, access, span) in self.key_fields() {
            if access == Access::Read {
                let why = "it is `readOnly`, so no client sends it";
                self.scope.sink.report(fault::key_not_in_body(
                    self.span(),
                    self.action,
                    &name.wire,
                    span,
                    why,
                ));
                return None;
            }
        }
        Some(BoundAction::Put { key: self.key_beside_body(), guard: self.guard()? })
    }

    fn replace(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.needs(404, "it is the answer when there is no such item")?;
        self.takes_item()?;
        self.fills(true)?;
        self.answers_item(true)?;
        Some(BoundAction::Replace { key: key?, guard: self.guard()? })
    }

    fn delete(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.takes_nothing()?;
        self.answers_nothing()?;
        let must_exist = self.response(404).is_some();
        Some(BoundAction::Delete { key: key?, must_exist, guard: self.guard()? })
    }

    fn query(&self) -> Option<BoundAction> {
        let by = self.query_by(true);
        self.takes_nothing()?;
        let page = page::lower_page(self)?;
        let by = by??;
        let consistent = self.consistent(by.index)?;
        Some(BoundAction::Query { by, page, consistent })
    }

    fn list(&self) -> Option<BoundAction> {
        let by = self.query_by(false);
        self.takes_nothing()?;
        let page = page::lower_page(self)?;
        let by = by?;
        let consistent = match &by {
            Some(by) => self.consistent(by.index)?,
            None => self.node.is_set("consistent"),
        };
        Some(BoundAction::List { by, page, consistent })
    }

    /// An index is never read consistently.
    fn consistent(&self, index: Option<usize>) -> Option<bool> {
        let consistent = self.node.is_set("consistent");
        if let (Some(entry), true, Some(_)) = (self.node.entry("consistent"), consistent, index) {
            self.scope.sink.report(fault::consistent_index(entry.key_span));
            return None;
        }
        Some(consistent)
    }

    /// The key of a query: of the index that is named, or of the table. A list may do without.
    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn query_by(&self, must: bool) -> Option<Option<QueryBy>> {
        let index = match self.node.get("index") {
            None => None,
            Some(named) => {
                let name = named.text()?;
                let at = self.table.indexes.iter().position(|index| index.name.wire == name);
                if at.is_none() {
                    let known = self.table.indexes.iter().map(|index| index.name.wire.as_str());
                    let near = nearest(name, known);
                    let report =
                        fault::unknown_index(named.span, name, near, self.table.origin.span);
                    self.scope.sink.report(report);
                    return None;
                }
                at
            }
        };
        let key = index.map_or(&self.table.key, |at| &self.table.indexes[at].key);
        let given = |parameter: &Parameter| parameter.location != ParameterLocation::Header;
        let always = |_, parameter: &Parameter| given(parameter) && (parameter.required || !must);
        let Some(partition) = self.parameter_for(&key.partition, always) else {
            if !must && index.is_none() {
                return Some(None);
            }
            let place =
                if must { "the path or a required query parameter" } else { "a query parameter" };
            let report =
                fault::no_key_parameter(self.span(), self.action, &key.partition.name.wire, place);
            self.scope.sink.report(report);
            return None;
        };
        let sort = key.sort.as_ref().and_then(|sort| {
            self.parameter_for(sort, |at, parameter| given(parameter) && at != partition)
        });
        Some(Some(QueryBy { index, partition, sort }))
    }

    /// The condition, with the answer for when it fails.
    #[allow(clippy::option_option, reason = "the outer one tells failure")]
    fn guard(&self) -> Option<Option<Guard>> {
        let (condition, answer) =
            (self.node.entry("condition"), self.node.entry("onConditionFailed"));
        let (condition, answer) = match (condition, answer) {
            (None, None) => return Some(None),
            (Some(condition), Some(answer)) => (condition, answer),
            (Some(entry), None) => {
                self.scope.sink.report(fault::condition_alone(
                    entry.key_span,
                    "condition",
                    "onConditionFailed",
                ));
                return None;
            }
            (None, Some(entry)) => {
                self.scope.sink.report(fault::condition_alone(
                    entry.key_span,
                    "onConditionFailed",
                    "condition",
                ));
                return None;
            }
        };
        let status = self.status(&answer.value);
        let expression = condition.value.text()?.trim();
        let attributes = match condition::attributes(expression) {
            Ok(attributes) => attributes,
            Err(why) => {
                self.scope.sink.report(fault::bad_condition(condition.value.span, &why));
                return None;
            }
        };
        let fields = self.types.fields(self.table.item)?;
        let known = || fields.iter().map(|(field, _)| field.name.wire.as_str());
        let unknown =
            attributes.top_level.iter().find(|name| !known().any(|known| known == **name));
        if let Some(name) = unknown {
            let near = nearest(name, known());
            let place = self.types.node(self.table.item).span;
            self.scope.sink.report(fault::key_unknown(condition.value.span, name, near, place));
            return None;
        }
        Some(Some(Guard {
            expression: expression.to_owned(),
            attributes: attributes.all,
            status: status?,
        }))
    }

    /// The status of a declared response.
    fn status(&self, node: &Node) -> Option<u16> {
        let text = node.text().or_else(|| node.number()).unwrap_or_default();
        let status = text.parse().ok().filter(|status| self.response(*status).is_some());
        if status.is_none() {
            let declared: Vec<String> = self
                .draft
                .operation
                .responses
                .iter()
                .filter_map(|response| match response.status {
                    Status::Code(code) if !response.is_success() => Some(code.to_string()),
                    _ => None,
                })
                .collect();
            self.scope.sink.report(fault::undeclared_status(node.span, text, &declared));
        }
        status
    }
}

/// The parameters that a query uses.
fn of_query(by: Option<&QueryBy>, page: &Page) -> Vec<usize> {
    let keys = by.into_iter().flat_map(|by| std::iter::once(by.partition).chain(by.sort));
    keys.chain(page.limit).chain(page.next).collect()
}

/// Fills in `Location`: the path of the operation that reads one item of the table.
fn place_locations(scope: Scope<'_>, tables: &[Stored], drafted: &mut [Drafted<'_>]) -> bool {
    let readers: Vec<(TableId, Location)> = drafted
        .iter()
        .filter_map(|draft| {
            let binding = draft.operation.binding.as_ref()?;
            let BoundAction::Get { key, .. } = &binding.action else { return None };
            let table = &tables.get(binding.table.0)?.table;
            Some((binding.table, location(draft, table, key)?))
        })
        .collect();
    let mut sound = true;
    for draft in drafted {
        let success = draft.operation.responses.iter().find(|response| response.is_success());
        let header = success.and_then(|response| {
            response.headers.iter().find(|header| header.name.wire.eq_ignore_ascii_case("location"))
        });
        let (Some(_), Some(success), Some(binding)) =
            (header, success, draft.operation.binding.as_mut())
        else {
            continue;
        };
        let BoundAction::Create { location, .. } = &mut binding.action else { continue };
        match readers.iter().find(|(table, _)| *table == binding.table) {
            Some((_, reader)) => *location = Some(reader.clone()),
            None => {
                let name = &tables[binding.table.0].schema;
                scope.sink.report(fault::no_location(
                    success.origin.span,
                    name,
                    binding.origin.span,
                ));
                sound = false;
            }
        }
    }
    sound
}

/// The path of a reading operation, with the property for each of its parameters.
fn location(draft: &Drafted<'_>, table: &Table, key: &KeySource) -> Option<Location> {
    let mut parameters = vec![];
    for name in draft.operation.path.parameters() {
        let at = draft
            .operation
            .parameters
            .iter()
            .position(|p| p.location == ParameterLocation::Path && p.name.wire == name);
        let property = match at {
            Some(at) if at == key.partition => table.key.partition.name.clone(),
            Some(at) if key.sort == Some(at) => table.key.sort.as_ref()?.name.clone(),
            _ => return None,
        };
        parameters.push((name.to_owned(), property));
    }
    Some(Location { path: draft.operation.path.text.clone(), parameters })
}

/// What an operation may do with tables: what its binding does, and what `x-dynamodb-access` adds.
pub(crate) fn access(
    scope: Scope<'_>,
    tables: &[Stored],
    node: &Node,
    binding: Option<&Binding>,
) -> Option<Vec<TableAccess>> {
    let mut access: Vec<TableAccess> = binding.map(bound_access).into_iter().collect();
    let mut sound = true;
    for granted in node.get("x-dynamodb-access").into_iter().flat_map(Node::items) {
        match granted_access(scope, tables, granted) {
            Some(granted) => access.push(granted),
            None => sound = false,
        }
    }
    sound.then(|| united(access))
}

/// Accesses with one entry for each table, actions and indexes sorted and without repetition.
pub(crate) fn united(access: impl IntoIterator<Item = TableAccess>) -> Vec<TableAccess> {
    let mut by_table: std::collections::BTreeMap<TableId, TableAccess> =
        std::collections::BTreeMap::new();
    for one in access {
        let empty = TableAccess { table: one.table, actions: vec![], indexes: vec![] };
        let all = by_table.entry(one.table).or_insert(empty);
        all.actions.extend(one.actions);
        all.indexes.extend(one.indexes);
        all.actions.sort_unstable();
        all.actions.dedup();
        all.indexes.sort_unstable();
        all.indexes.dedup();
    }
    by_table.into_values().collect()
}

fn bound_access(binding: &Binding) -> TableAccess {
    let index = |by: &QueryBy| by.index.into_iter().collect::<Vec<_>>();
    // A query through an index asks for nothing of the table itself.
    let query = |by: &QueryBy| by.index.is_none().then_some(TableAction::Query);
    let (actions, indexes) = match &binding.action {
        BoundAction::Get { .. } => (vec![TableAction::Get], vec![]),
        BoundAction::Create { .. } | BoundAction::Put { .. } | BoundAction::Replace { .. } => {
            (vec![TableAction::Put], vec![])
        }
        BoundAction::Delete { .. } => (vec![TableAction::Delete], vec![]),
        BoundAction::Query { by, .. } => (query(by).into_iter().collect(), index(by)),
        BoundAction::List { by: None, .. } => (vec![TableAction::Scan], vec![]),
        BoundAction::List { by: Some(by), .. } => {
            (query(by).into_iter().chain([TableAction::Scan]).collect(), index(by))
        }
    };
    TableAccess { table: binding.table, actions, indexes }
}

fn granted_access(scope: Scope<'_>, tables: &[Stored], node: &Node) -> Option<TableAccess> {
    if scope.docs.failed(node) {
        return None;
    }
    let (table, stored) = find_table(scope, tables, node.get("table")?)?;
    let actions =
        node.get("actions")?.items().iter().filter_map(Node::text).map(|name| match name {
            "get" => TableAction::Get,
            "put" => TableAction::Put,
            "update" => TableAction::Update,
            "delete" => TableAction::Delete,
            "query" => TableAction::Query,
            _ => TableAction::Scan,
        });
    let mut indexes = vec![];
    for named in node.get("indexes").into_iter().flat_map(Node::items) {
        let name = named.text()?;
        let known = || stored.table.indexes.iter().map(|index| index.name.wire.as_str());
        match known().position(|known| known == name) {
            Some(at) => indexes.push(at),
            None => {
                let origin = stored.table.origin.span;
                scope.sink.report(fault::unknown_index(
                    named.span,
                    name,
                    nearest(name, known()),
                    origin,
                ));
                return None;
            }
        }
    }
    Some(TableAccess { table, actions: actions.collect(), indexes })
}
