//! The contracts' own text, as a JSON Schema validator reads it that shares no code with the generator.
//!
//! What the generator makes of a schema is one reading of the text, and a mistake in it would be made by the generated
//! code and by a judge that uses the same reading. So bodies and headers are judged a second time here: the schema is
//! found in the document by its own keys (`place`), written in the terms of JSON Schema 2020-12 (`translate`), and
//! handed to the crate `boon`. Where that has no answer, it says why.

mod assertions;
mod place;
mod told;
mod translate;

use std::cell::RefCell;
use std::collections::BTreeMap;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use codegen::diag::Sink;
use codegen::model::{Operation, Response};
use codegen::source::SourceMap;
use serde_json::Value;

use crate::value::{Sender, Violation};
use place::{Documents, SchemaPlace};
use translate::Translator;

/// What the validator says of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is a value of the schema.
    Valid,
    /// It is not, for these reasons.
    Invalid(Vec<Violation>),
    /// There is no answer, for this reason.
    Unknown(String),
}

/// Which schema of an operation a value is judged by.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// The body of a request, of a media type.
    Request(&'a str),
    /// The body of a response, of a media type.
    Response(&'a Response, &'a str),
    /// A header of a response.
    Header(&'a Response, &'a str),
}

/// Beyond this depth a value is not judged: where alternatives refer to each other, the time doubles with every level.
const MAX_DEPTH: usize = 16;

/// The contracts' text, ready to judge by.
#[derive(Debug)]
pub struct Contracts {
    documents: Documents,
    client: RefCell<Validator>,
    service: RefCell<Validator>,
}

impl Contracts {
    /// Reads the contracts.
    #[must_use]
    pub fn of(sources: &SourceMap) -> Self {
        let documents = Documents::of(sources, codegen::lower::trees(sources, &Sink::default()));
        let [client, service] = [Sender::Client, Sender::Service]
            .map(|sender| RefCell::new(Validator::new(&documents, sender)));
        Self { documents, client, service }
    }

    /// Judges a value by a part of an operation; nothing where the contract has no schema for it.
    #[must_use]
    pub fn verdict(&self, operation: &Operation, part: Part<'_>, value: &Value) -> Option<Verdict> {
        let place = self.documents.schema_of(operation, part)?;
        let side = match part {
            Part::Request(_) => &self.client,
            Part::Response(..) | Part::Header(..) => &self.service,
        };
        Some(side.borrow_mut().verdict(&self.documents, &place, value))
    }

    /// Judges a value by the schema at a pointer into a file.
    #[must_use]
    pub fn verdict_at(&self, file: &str, pointer: &str, sender: Sender, value: &Value) -> Verdict {
        let place = SchemaPlace { file: file.to_owned(), pointer: pointer.to_owned() };
        let side = match sender {
            Sender::Client => &self.client,
            Sender::Service => &self.service,
        };
        side.borrow_mut().verdict(&self.documents, &place, value)
    }
}

/// What judges the values of one side: who sends a value decides what `readOnly` and `writeOnly` mean.
struct Validator {
    compiler: Compiler,
    schemas: Schemas,
    known: BTreeMap<SchemaPlace, Result<SchemaIndex, String>>,
}

impl std::fmt::Debug for Validator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Validator").field("known", &self.known).finish_non_exhaustive()
    }
}

impl Validator {
    fn new(documents: &Documents, sender: Sender) -> Self {
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        let translator = Translator { documents, sender };
        for (uri, node, is_openapi) in documents.resources() {
            let resource = match is_openapi {
                true => translator.document(node),
                false => translator.schema(node),
            };
            // An invalid URI cannot be the target of a reference, and any reference to it is reported.
            let _ = compiler.add_resource(&uri, resource);
        }
        for format in assertions::formats() {
            compiler.register_format(format);
        }
        // Nothing is fetched, from a disk neither.
        compiler.use_loader(Box::new(boon::SchemeUrlLoader::new()));
        Self { compiler, schemas: Schemas::new(), known: BTreeMap::new() }
    }

    fn verdict(&mut self, documents: &Documents, place: &SchemaPlace, value: &Value) -> Verdict {
        let Self { compiler, schemas, known } = self;
        let compiled = known.entry(place.clone()).or_insert_with(|| {
            compiler.compile(&documents.uri(place), schemas).map_err(|error| error.to_string())
        });
        match compiled {
            Err(why) => Verdict::Unknown(why.clone()),
            Ok(_) if depth(value) > MAX_DEPTH => {
                Verdict::Unknown(format!("the value has more than {MAX_DEPTH} levels"))
            }
            Ok(index) => match schemas.validate(value, *index) {
                Ok(()) => Verdict::Valid,
                Err(error) => Verdict::Invalid(told::violations(documents, &error)),
            },
        }
    }
}

/// How deeply a value is nested.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
