//! `x-error`, and the forms in which a service tells of what the runtime finds wrong: a request that violates the
//! contract, an unknown path or method, a failure.

use std::collections::{BTreeMap, BTreeSet};

use super::{Drafted, problem};
use crate::diag::Sink;
use crate::diag::catalog::rest as fault;
use crate::lower::schema::{Access, Types};
use crate::lower::{Reported, Scope};
use crate::model::{
    Codec, Content, ErrorForm, ErrorMade, Errors, Field, Operation, ProblemField, Response,
    ScalarKind, Status, TypeId, TypeKind, TypeRef,
};
use crate::parse::{Entry, Node};
use crate::source::Span;

/// The statuses with which the runtime itself answers.
const STATUSES: [u16; 10] = [400, 401, 403, 404, 405, 406, 413, 415, 422, 500];

/// The response that tells of an error with a status.
fn answering(operation: &Operation, status: u16) -> Option<&Response> {
    operation.answering(status).filter(|response| !response.is_success())
}

/// How the operations of a service tell of errors. `None` when an `x-error` is wrong, which has been reported.
pub(crate) fn lower_errors<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    drafted: &[Drafted<'a>],
) -> Option<Errors> {
    let mut errors = Errors::default();
    let mut used: Vec<(usize, u16, Option<usize>)> = vec![];
    let mut sound = true;
    // What is sent in place of a form that the runtime does not know says nothing of what is usual.
    let mut elsewhere = vec![];
    let mut told: BTreeSet<Span> = BTreeSet::new();
    let mut without: BTreeSet<Span> = BTreeSet::new();
    for (at, draft) in drafted.iter().enumerate() {
        for status in STATUSES {
            let Some(response) = answering(&draft.operation, status) else { continue };
            if is_answered(&draft.operation, status) {
                check_headers(scope, response, status, &mut without);
            }
            let Some(content) = response.json().or_else(|| plain_text(response)) else {
                if !response.contents.is_empty() {
                    elsewhere.push((at, status, None));
                    if is_answered(&draft.operation, status) && told.insert(response.origin.span) {
                        let sent = response.contents.iter().map(|one| one.media_type.as_str());
                        let sent: Vec<&str> = sent.collect();
                        scope.sink.report(fault::error_elsewhere(response.origin.span, &sent));
                    }
                }
                continue;
            };
            if content.problem {
                used.push((at, status, None));
                continue;
            }
            let is_same =
                |form: &ErrorForm| form.ty == content.ty && form.media_type == content.sent;
            let place = match errors.forms.iter().position(is_same) {
                Some(place) => place,
                None => {
                    let made = match content.codec {
                        Codec::Text => Ok(ErrorMade::Text),
                        _ => fields_of(scope, types, content, response.status)
                            .map(|fields| fields.map_or(ErrorMade::Method, ErrorMade::Object)),
                    };
                    sound &= made.is_ok();
                    errors.forms.push(ErrorForm {
                        ty: content.ty.clone(),
                        media_type: content.sent.clone(),
                        made: made.unwrap_or(ErrorMade::Method),
                    });
                    errors.forms.len() - 1
                }
            };
            used.push((at, status, Some(place)));
        }
    }
    let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    used.iter().for_each(|(_, _, form)| *counts.entry(*form).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or_default();
    errors.usual = counts.into_iter().find(|(_, n)| *n == most).and_then(|(form, _)| form);
    errors.others =
        used.into_iter().chain(elsewhere).filter(|(_, _, form)| *form != errors.usual).collect();
    sound.then_some(errors)
}

/// The media type of a response that any plain text fits.
fn plain_text(response: &Response) -> Option<&Content> {
    response.contents.iter().find(|content| {
        content.codec == Codec::Text
            && content.sent_type().0 == "text/plain"
            && content.ty == TypeRef::Scalar(ScalarKind::String)
            && content.unread.is_empty()
    })
}

/// Warns of required headers that the runtime's own errors do not have.
fn check_headers(scope: Scope<'_>, response: &Response, status: u16, told: &mut BTreeSet<Span>) {
    let is_sent =
        |name: &str| matches!(status, 401 | 403) && name.eq_ignore_ascii_case("WWW-Authenticate");
    let required = response.headers.iter().filter(|header| header.required);
    let names: Vec<&str> =
        required.map(|header| header.name.wire.as_str()).filter(|name| !is_sent(name)).collect();
    if !names.is_empty() && told.insert(response.origin.span) {
        scope.sink.report(fault::error_without_header(response.origin.span, &names));
    }
}

/// Whether the runtime answers with a status by itself.
fn is_answered(operation: &Operation, status: u16) -> bool {
    match status {
        400 => operation.body.is_some() || !operation.parameters.is_empty(),
        401 | 403 => operation.security.iter().any(|alternative| !alternative.is_empty()),
        404 => operation.binding.is_some(),
        413 | 415 => operation.body.is_some(),
        status => status == 500,
    }
}

/// What the properties of an error take; none where the contract does not say.
fn fields_of<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    content: &Content,
    status: Status,
) -> Result<Option<Vec<(String, ProblemField)>>, Reported> {
    let Some(id) = types.id_of(&content.ty) else { return Ok(free_form(&content.ty)) };
    let fits = |fields: &Vec<(String, ProblemField)>| {
        problem::fits(types, id, &problem::statuses(status), |sample| sample.object(fields))
    };
    let Some(said) = types.node(id).get("x-error") else {
        // The properties of a problem document have the names that RFC 9457 gives them.
        let silent = Sink::default();
        let scope = Scope { sink: &silent, ..scope };
        let implied =
            content.is_problem_media().then_some(Mapping { scope, types, id, said: None });
        return Ok(implied.and_then(|mapping| mapping.fields()).filter(fits));
    };
    scope.docs.note_read(said);
    let fields = Mapping { scope, types, id, said: Some(said) }.fields().ok_or(Reported)?;
    if !fits(&fields) {
        scope.sink.report(fault::error_misfit(said.span));
    }
    Ok(Some(fields))
}

/// An object that takes any property holds what a problem document does.
fn free_form(ty: &TypeRef) -> Option<Vec<(String, ProblemField)>> {
    let is_free = match ty {
        TypeRef::Json => true,
        TypeRef::Map(map) => map.value == TypeRef::Json,
        _ => false,
    };
    let members = [
        ("title", ProblemField::Title),
        ("status", ProblemField::Status),
        ("detail", ProblemField::Detail),
        ("requestId", ProblemField::RequestId),
        ("violations", ProblemField::Violations("pointer".to_owned(), "detail".to_owned())),
    ];
    is_free.then(|| members.map(|(name, field)| (name.to_owned(), field)).to_vec())
}

/// An `x-error` that is being read.
struct Mapping<'a, 's, 't> {
    scope: Scope<'s>,
    types: &'t Types<'a>,
    id: TypeId,
    /// None where the properties have the names of a problem document.
    said: Option<&'a Node>,
}

impl<'a> Mapping<'a, '_, '_> {
    /// The place of the mapping.
    fn span(&self) -> Span {
        self.said.map(|said| said.span).unwrap_or_default()
    }

    /// What the mapping says: information, property and place.
    fn pairs(&self, fields: &[(&Field, Access)]) -> Vec<(&'a str, &'a str, Span)> {
        let Some(said) = self.said else {
            let is_there = |name: &&'static str| {
                let field = fields.iter().find(|(field, _)| field.name.wire == **name);
                field.is_some_and(|(field, _)| self.member(name, &field.ty).is_ok())
            };
            let there = ProblemField::MEMBERS.into_iter().filter(is_there);
            return there.map(|name| (name, name, self.span())).collect();
        };
        let pair = |entry: &'a Entry| {
            (entry.key.as_str(), entry.value.text().unwrap_or_default(), entry.value.span)
        };
        let pairs = said.entries().iter().map(pair);
        pairs.filter(|(key, ..)| !matches!(*key, "pointer" | "reason")).collect()
    }

    fn fields(&self) -> Option<Vec<(String, ProblemField)>> {
        let Some(fields) = self.types.fields(self.id) else {
            self.scope.sink.report(fault::bad_error(self.span(), "the schema is not an object"));
            return None;
        };
        let mut members = vec![];
        let mut sound = true;
        for (key, name, at) in self.pairs(&fields) {
            let field = fields.iter().find(|(field, _)| field.name.wire == name);
            let member = match field {
                Some((field, _)) => self.member(key, &field.ty),
                None => Err(format!("the schema has no property `{name}`")),
            };
            match member {
                Ok(member) => members.push((name.to_owned(), member)),
                Err(why) => {
                    self.scope.sink.report(fault::bad_error(at, &why));
                    sound = false;
                }
            }
        }
        for (field, _) in fields.iter().filter(|(field, _)| field.required) {
            let wire = &field.name.wire;
            if members.iter().any(|(name, _): &(String, _)| name == wire) {
                continue;
            }
            match self.fixed(&field.ty, field.default.as_ref()) {
                Some(value) => members.push((wire.clone(), ProblemField::Literal(value))),
                None => {
                    let why = format!("the required property `{wire}` has no value");
                    self.scope.sink.report(fault::bad_error(self.span(), &why));
                    sound = false;
                }
            }
        }
        sound.then_some(members)
    }

    /// What a property takes, where its type can hold it.
    fn member(&self, key: &str, ty: &TypeRef) -> Result<ProblemField, String> {
        let scalar = self.types.scalar_of(ty);
        let is_text = scalar == Some(ScalarKind::String);
        let text = |field: ProblemField| match is_text {
            true => Ok(field),
            false => Err(format!("`{key}` is a string, but the property is not")),
        };
        match key {
            "title" => text(ProblemField::Title),
            "detail" => text(ProblemField::Detail),
            "code" => text(ProblemField::Code),
            "type" => text(ProblemField::Type),
            "instance" => text(ProblemField::Instance),
            "requestId" => text(ProblemField::RequestId),
            "status" if is_text => Ok(ProblemField::StatusText),
            "status" if scalar.is_some_and(ScalarKind::is_number) => Ok(ProblemField::Status),
            "status" => {
                Err("`status` is a number or a string, but the property is neither".to_owned())
            }
            "violations" => self.violations(ty),
            _ => Err(format!(
                "`{key}` is not one of `title`, `detail`, `status`, `code`, `type`, `instance`, `requestId`, \
         `violations`, `pointer` and `reason`"
            )),
        }
    }

    fn violations(&self, ty: &TypeRef) -> Result<ProblemField, String> {
        let ty = match ty {
            TypeRef::Named(id) => self.types.alias(*id).unwrap_or(ty),
            ty => ty,
        };
        let list = match ty {
            TypeRef::List(list) => list,
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => match &**inner {
                TypeRef::List(list) => list,
                _ => return Err("`violations` is a list, but the property is not".to_owned()),
            },
            _ => return Err("`violations` is a list, but the property is not".to_owned()),
        };
        if self.types.scalar_of(&list.item) == Some(ScalarKind::String) {
            return Ok(ProblemField::ViolationTexts);
        }
        let item = self.types.id_of(&list.item).and_then(|id| self.types.fields(id));
        let Some(item) = item else {
            return Err("its items are neither strings nor objects".to_owned());
        };
        let names = [("pointer", "pointer"), ("reason", "detail")].map(|(key, usual)| {
            self.said.and_then(|said| said.text_at(key)).unwrap_or(usual).to_owned()
        });
        let is_there = |name: &String| item.iter().any(|(field, _)| field.name.wire == *name);
        if let Some(name) = names.iter().find(|name| !is_there(name)) {
            return Err(format!(
                "its items have no property `{name}`; map them with `pointer` and `reason`"
            ));
        }
        let [pointer, detail] = names;
        Ok(ProblemField::Violations(pointer, detail))
    }

    /// The only value that a property can have, as JSON.
    fn fixed(&self, ty: &TypeRef, default: Option<&serde_json::Value>) -> Option<String> {
        let of_enum = || match self.types.kind(self.types.id_of(ty)?)? {
            TypeKind::Enum(values) => match values.variants.as_slice() {
                [only] => Some(serde_json::Value::from(only.wire.as_str()).to_string()),
                _ => None,
            },
            _ => None,
        };
        default.map(ToString::to_string).or_else(of_enum)
    }
}
