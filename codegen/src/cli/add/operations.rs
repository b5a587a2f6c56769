//! The text of an operation that is added: by hand, or bound to a table by one of the actions of `x-dynamodb`.
//!
//! What an action needs beside the operation is added too: the schema of a patch, or of a page. What only the user can
//! know (which property changes) is a guess to be edited, and an error where there is nothing to guess from.

use anyhow::{Result, bail};

use super::contracts::{base_of, check_name, indented, key_of, problems, words};
use super::edits::Edits;
use super::found;
use crate::cli::arguments::TableAction;
use crate::edit;
use crate::model::{Field, KeySchema, ScalarKind, Service, System, Table, TypeKind, TypeRef};

/// An operation to be added.
pub(super) struct Operation<'a> {
    pub(super) id: &'a str,
    pub(super) method: Option<&'a str>,
    pub(super) path: Option<&'a str>,
    pub(super) bound: Option<(&'a str, TableAction)>,
    pub(super) index: Option<&'a str>,
    pub(super) publishes: &'a [String],
}

/// Adds an operation, and the schemas that it needs.
pub(super) fn add(
    edits: &mut Edits,
    system: &System,
    service: &str,
    wanted: &Operation<'_>,
) -> Result<()> {
    let id = wanted.id;
    check_name(id, "an operation")?;
    let Some(document) = edits.document(service, "openapi")? else {
        bail!(
            "the service `{service}` has no OpenAPI document; create {service}/openapi.yaml first"
        );
    };
    let text = edits.text(&document)?.unwrap_or_default();
    let bound = match wanted.bound {
        Some((table, action)) => Some(Bound::of(system, service, table, action, wanted.index)?),
        None => None,
    };
    let method = method(wanted)?;
    let path = match (wanted.path, &bound) {
        (Some(path), _) => path.to_owned(),
        (None, Some(bound)) => bound.path(base_of(system, service, Some(bound.name))),
        (None, None) => base_of(system, service, None),
    };
    if !path.starts_with('/') {
        bail!("the path `{path}` must start with `/`");
    }
    let mut block = format!("operationId: {id}\n");
    if edit::holds(&text, &["tags"]) && text.contains(&format!("name: {service}")) {
        block.push_str(&format!("tags: [{service}]\n"));
    }
    block.push_str(&format!("summary: {}\n", words(id)));
    if let Some(bound) = &bound {
        block.push_str(&bound.binding(&text)?);
    }
    if !wanted.publishes.is_empty() {
        block.push_str(&format!("x-publishes: [{}]\n", wanted.publishes.join(", ")));
    }
    let names: Vec<&str> =
        path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
    let shared = edit::holds(&text, &["paths", &path, "parameters"]);
    let mut parameters = String::new();
    for name in names.iter().filter(|_| !shared) {
        let schema = match bound.as_ref().filter(|bound| bound.has_key(name)) {
            Some(bound) => format!("$ref: {}", bound.property(name)),
            None => "type: string\n    minLength: 1\n    maxLength: 100".to_owned(),
        };
        let says = format!("The {} of the path.", words(name).to_lowercase());
        parameters.push_str(&parameter(name, "path", true, &says, &schema));
    }
    if let Some(bound) = &bound {
        parameters.push_str(&bound.query_parameters(&names));
    }
    if !parameters.is_empty() {
        block.push_str(&format!("parameters:\n{}", indented(&parameters, 2)));
    }
    let problems = problems(edits, service)?;
    match &bound {
        Some(bound) => {
            let (answers, failures) = bound.answers(&text)?;
            block.push_str(&answers);
            block.push_str(&indented(&problems(failures), 2));
        }
        None => {
            let failures: &[&str] =
                if names.is_empty() { &["400", "500"] } else { &["400", "404", "500"] };
            block.push_str("responses:\n  '200':\n    description: The operation succeeded.\n");
            block.push_str(&indented(&problems(failures), 2));
        }
    }
    edits.edit(&document, |text| edit::insert(text, &["paths", &path], &method, &block))?;
    let further = bound.and_then(|bound| bound.schema(&text));
    let further = further.filter(|(name, _)| !edit::holds(&text, &["components", "schemas", name]));
    match further {
        Some((name, schema)) => edits
            .edit(&document, |text| edit::insert(text, &["components", "schemas"], &name, &schema)),
        None => Ok(()),
    }
}

/// The method: the one that is asked for, or the one that goes with the action.
fn method(wanted: &Operation<'_>) -> Result<String> {
    const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
    let of_action = |action| match action {
        TableAction::Create | TableAction::Update | TableAction::Increment => "post",
        TableAction::Put | TableAction::Upsert | TableAction::Replace => "put",
        TableAction::Patch => "patch",
        TableAction::Delete => "delete",
        TableAction::Get
        | TableAction::BatchGet
        | TableAction::Query
        | TableAction::List
        | TableAction::Count => "get",
    };
    let Some(method) = wanted.method else {
        return Ok(wanted.bound.map_or("get", |(_, action)| of_action(action)).to_owned());
    };
    let method = method.to_lowercase();
    if !METHODS.contains(&method.as_str()) {
        bail!("`{method}` is not a supported method; use one of {}", METHODS.join(", "));
    }
    Ok(method)
}

/// One parameter, as an element of a list.
fn parameter(name: &str, place: &str, required: bool, says: &str, schema: &str) -> String {
    let required = if required { "  required: true\n" } else { "" };
    format!(
        "- name: {name}\n  in: {place}\n{required}  description: {says}\n  schema:\n    {schema}\n"
    )
}

/// An operation that is bound to a table.
struct Bound<'a> {
    service: &'a Service,
    table: &'a Table,
    /// The name of the schema.
    name: &'a str,
    action: TableAction,
    index: Option<&'a str>,
    /// The key that is read: the table's, or that of the index.
    key: &'a KeySchema,
}

impl<'a> Bound<'a> {
    fn of(
        system: &'a System,
        service: &str,
        name: &'a str,
        action: TableAction,
        index: Option<&'a str>,
    ) -> Result<Self> {
        // If there is no such table, the message lists those that exist.
        key_of(system, service, name)?;
        let service = found(system, service);
        let table = service.and_then(|service| {
            let is_it = |one: &&Table| service.type_def(one.item).name.wire == name;
            Some((service, service.tables.iter().find(is_it)?))
        });
        let Some((service, table)) = table else { bail!("unknown table `{name}`") };
        let key = match index {
            None => &table.key,
            Some(_) if !action.reads_index() => {
                bail!("`--index` goes with the actions `query` and `count`")
            }
            Some(index) => match table.indexes.iter().find(|one| one.name.wire == index) {
                Some(found) => &found.key,
                None => {
                    let known: Vec<&str> =
                        table.indexes.iter().map(|one| one.name.wire.as_str()).collect();
                    bail!(
                        "the table `{name}` has no index `{index}`; it has [{}]",
                        known.join(", ")
                    )
                }
            },
        };
        if action == TableAction::Query && index.is_none() && key.sort.is_none() {
            bail!(
                "`{name}` has no sort key, so a partition is one item: use `get`, or query an index with `--index`"
            );
        }
        Ok(Self { service, table, name, action, index, key })
    }

    /// The names of the properties that are the key.
    fn key_names(&self) -> Vec<&str> {
        self.key.parts().map(|part| part.name.wire.as_str()).collect()
    }

    fn has_key(&self, name: &str) -> bool {
        self.key_names().contains(&name)
    }

    /// `'#/components/schemas/Loan/properties/loanId'`
    fn property(&self, name: &str) -> String {
        format!("'#/components/schemas/{}/properties/{name}'", self.name)
    }

    fn fields(&self) -> &[Field] {
        match &self.service.type_def(self.table.item).kind {
            TypeKind::Struct(object) => &object.fields,
            _ => &[],
        }
    }

    /// The properties that clients may change.
    fn changeable<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'s Field> {
        let is_key = |field: &Field| self.table.key.parts().any(|part| part.name == field.name);
        let set_by_service = |field: &Field| {
            let way =
                ["components", "schemas", self.name, "properties", &field.name.wire, "readOnly"];
            field.version || field.generated.is_some() || edit::holds(text, &way)
        };
        self.fields().iter().filter(move |field| !is_key(field) && !set_by_service(field))
    }

    fn is_integer(&self, field: &Field) -> bool {
        let kind = match &field.ty {
            TypeRef::Scalar(kind) => Some(*kind),
            TypeRef::Named(id) => match &self.service.type_def(*id).kind {
                TypeKind::Newtype(scalar) => Some(scalar.kind),
                _ => None,
            },
            _ => None,
        };
        kind.is_some_and(ScalarKind::is_integer)
    }

    /// The property that an update changes, until the contract says otherwise.
    fn changed(&self, text: &str) -> Result<String> {
        let only_numbers = self.action == TableAction::Increment;
        let mut fields = self.changeable(text).filter(|one| !only_numbers || self.is_integer(one));
        match fields.next() {
            Some(field) => Ok(field.name.wire.clone()),
            None if only_numbers => {
                bail!(
                    "`{}` has no property that is an integer and may change; add one first",
                    self.name
                )
            }
            None => bail!(
                "`{}` has no property beside its key that may change; add one first",
                self.name
            ),
        }
    }

    /// The path below the one of the table.
    fn path(&self, base: String) -> String {
        let with = |parts: &[&str]| {
            parts.iter().fold(base.clone(), |path, part| format!("{path}/{{{part}}}"))
        };
        let whole = self.key_names();
        let partition = [self.table.key.partition.name.wire.as_str()];
        match self.action {
            TableAction::Create | TableAction::List => base,
            TableAction::Query if self.index.is_some() => base,
            TableAction::Count if self.index.is_some() => format!("{base}/count"),
            TableAction::Query => with(&partition),
            TableAction::BatchGet if self.key.sort.is_some() => with(&partition),
            TableAction::BatchGet => base,
            TableAction::Count if self.key.sort.is_some() => format!("{}/count", with(&partition)),
            TableAction::Count => format!("{base}/count"),
            TableAction::Update | TableAction::Increment => {
                format!("{}/{}", with(&whole), self.action.word())
            }
            TableAction::Get
            | TableAction::Put
            | TableAction::Upsert
            | TableAction::Replace
            | TableAction::Patch
            | TableAction::Delete => with(&whole),
        }
    }

    /// `x-dynamodb`
    fn binding(&self, text: &str) -> Result<String> {
        let mut binding =
            format!("x-dynamodb:\n  action: {}\n  table: {}\n", self.action.word(), self.name);
        if let Some(index) = self.index {
            binding.push_str(&format!("  index: {index}\n"));
        }
        match self.action {
            TableAction::Query | TableAction::List => {
                binding.push_str("  limit: limit\n  next: next\n");
            }
            TableAction::BatchGet => binding.push_str("  keys: keys\n"),
            TableAction::Update => {
                let name = self.changed(text)?;
                binding.push_str(&format!("  set:\n    {name}: ':{name}'\n"));
            }
            TableAction::Increment => {
                let name = self.changed(text)?;
                binding.push_str(&format!("  add:\n    {name}: ':by'\n"));
            }
            _ => {}
        }
        Ok(binding)
    }

    /// The parameters that do not come from the path.
    fn query_parameters(&self, in_path: &[&str]) -> String {
        let mut all = String::new();
        let partition = match self.action {
            TableAction::Query => true,
            TableAction::Count if self.index.is_some() => true,
            TableAction::BatchGet => self.key.sort.is_some(),
            TableAction::Count => self.key.sort.is_some() && !in_path.is_empty(),
            _ => false,
        };
        let parts = std::iter::once(&self.key.partition).chain(&self.key.further_partition);
        for part in parts.filter(|_| partition) {
            let name = part.name.wire.as_str();
            if !in_path.contains(&name) {
                let says = format!("The {} of the items.", words(name).to_lowercase());
                let schema = format!("$ref: {}", self.property(name));
                all.push_str(&parameter(name, "query", true, &says, &schema));
            }
        }
        match self.action {
            TableAction::Query | TableAction::List => {
                let limit = "type: integer\n    format: int32\n    minimum: 1\n    maximum: 100\n    default: 25";
                all.push_str(&parameter(
                    "limit",
                    "query",
                    false,
                    "The most items of a page.",
                    limit,
                ));
                let next = "type: string\n    maxLength: 2000";
                // In quotation marks, because no plain text of YAML begins with a backtick.
                let says = "'`next` of the page before.'";
                all.push_str(&parameter("next", "query", false, says, next));
            }
            TableAction::BatchGet => {
                let key = self.key.sort.as_ref().unwrap_or(&self.key.partition);
                let item = self.property(&key.name.wire);
                let schema = format!(
                    "type: array\n    minItems: 1\n    maxItems: 100\n    uniqueItems: true\n    items:\n      $ref: {item}"
                );
                all.push_str(&parameter("keys", "query", true, "The keys of the items.", &schema));
            }
            _ => {}
        }
        all
    }

    /// The schema that the operation needs beside the item's.
    fn schema(&self, text: &str) -> Option<(String, String)> {
        let name = self.name;
        match self.action {
            TableAction::Query | TableAction::List => Some((
                format!("{name}Page"),
                format!(
                    "description: A page of items.\ntype: object\nrequired: [items]\nproperties:\n  items:\n    description: The items.\n    type: array\n    maxItems: 100\n    items:\n      $ref: '#/components/schemas/{name}'\n  next:\n    description: Leads to the next page; absent on the last one.\n    type: string\n    maxLength: 2000\n"
                ),
            )),
            TableAction::Patch => {
                let fields = self.changeable(text).map(|field| {
                    let wire = &field.name.wire;
                    format!("  {wire}:\n    $ref: {}\n", self.property(wire))
                });
                let fields: String = fields.collect();
                let properties = match fields.is_empty() {
                    true => "properties: {}\n".to_owned(),
                    false => format!("properties:\n{fields}"),
                };
                Some((
                    format!("{name}Patch"),
                    format!(
                        "description: What changes.\ntype: object\nadditionalProperties: false\n{properties}"
                    ),
                ))
            }
            _ => None,
        }
    }

    /// The request body and the success responses, and the failures that are declared beside them.
    fn answers(&self, text: &str) -> Result<(String, &'static [&'static str])> {
        let name = self.name;
        let json = |schema: &str| {
            format!("content:\n  application/json:\n    schema:\n{}", indented(schema, 6))
        };
        let item = format!("$ref: '#/components/schemas/{name}'");
        let body =
            |content: &str| format!("requestBody:\n  required: true\n{}", indented(content, 2));
        let success = |status: &str, says: &str, schema: Option<&str>| {
            let content = schema.map(|schema| indented(&json(schema), 4)).unwrap_or_default();
            format!("  '{status}':\n    description: {says}\n{content}")
        };
        let one = |body: String, success: String| format!("{body}responses:\n{success}");
        let stored = |status: &str| success(status, "The stored item.", Some(&item));
        Ok(match self.action {
            TableAction::Get => (
                one(String::new(), success("200", "The item.", Some(&item))),
                &["400", "404", "500"],
            ),
            TableAction::Delete => (
                one(String::new(), success("204", "The item was deleted.", None)),
                &["400", "404", "500"],
            ),
            TableAction::Create => {
                (one(body(&json(&item)), stored("201")), &["400", "409", "413", "415", "500"])
            }
            TableAction::Put => {
                (one(body(&json(&item)), stored("200")), &["400", "413", "415", "500"])
            }
            TableAction::Upsert => (
                one(
                    body(&json(&item)),
                    stored("200") + &success("201", "The new item.", Some(&item)),
                ),
                &["400", "413", "415", "500"],
            ),
            TableAction::Replace => {
                (one(body(&json(&item)), stored("200")), &["400", "404", "413", "415", "500"])
            }
            TableAction::Patch => {
                let patch = format!(
                    "content:\n  application/merge-patch+json:\n    schema:\n      $ref: '#/components/schemas/{name}Patch'\n"
                );
                (one(body(&patch), stored("200")), &["400", "404", "413", "415", "500"])
            }
            TableAction::Update | TableAction::Increment => {
                let changed = self.changed(text)?;
                let (property, schema) = match self.action {
                    TableAction::Increment => {
                        let by = "description: What to add.\ntype: integer\nformat: int64\nminimum: 1\nmaximum: 1000000";
                        ("by".to_owned(), by.to_owned())
                    }
                    _ => (changed.clone(), format!("$ref: {}", self.property(&changed))),
                };
                let schema = format!(
                    "type: object\nadditionalProperties: false\nrequired: [{property}]\nproperties:\n  {property}:\n{}",
                    indented(&schema, 4)
                );
                (
                    one(body(&json(&schema)), stored("200")),
                    &["400", "404", "409", "413", "415", "500"],
                )
            }
            TableAction::Query | TableAction::List => {
                let page = format!("$ref: '#/components/schemas/{name}Page'");
                (
                    one(String::new(), success("200", "A page of items.", Some(&page))),
                    &["400", "500"],
                )
            }
            TableAction::BatchGet => {
                let all = format!("type: array\nmaxItems: 100\nitems:\n  {item}");
                (
                    one(String::new(), success("200", "The items that exist.", Some(&all))),
                    &["400", "500"],
                )
            }
            TableAction::Count => {
                let count = "type: object\nrequired: [count]\nproperties:\n  count:\n    description: The number of items.\n    type: integer\n    format: int64\n    minimum: 0";
                (
                    one(String::new(), success("200", "The number of items.", Some(count))),
                    &["400", "500"],
                )
            }
        })
    }
}
