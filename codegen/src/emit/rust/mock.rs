//! What an operation of a new crate returns until somebody implements it: the example of its success response.
//!
//! Owns which response that is, how its value is made, and which of its properties the request decides. Where a required
//! part has no example, there is no mock, and the operation fails as any that is not implemented.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use scalars::media::one_of;
use serde_json::Value;

use super::operations::answers::{Payload, error_name, output_name, struct_name, successes};
use super::operations::content::{response_content_name, variants};
use super::refuse::unmapped;
use super::types::{Scope, ident};
use crate::emit::docs::example;
use crate::model::{
    Codec, Content, Header, Operation, Parameter, ParameterLocation, Response, ScalarKind, Segment,
    Status, TypeKind, TypeRef,
};
use crate::values::takes_text;

/// The status of a response whose contract leaves it open.
const OPEN_STATUS: u16 = 200;

/// The constant with the example, and the expression that is the operation's result.
pub(super) struct Mock {
    pub(super) constant: Option<TokenStream>,
    pub(super) result: TokenStream,
    /// Whether the result takes values of the request.
    pub(super) reads_input: bool,
}

/// Whether a header may hold a text.
fn takes(scope: &Scope<'_>, header: &Header, value: &Value) -> bool {
    let (mut ty, Some(text)) = (&header.ty, value.as_str()) else { return false };
    loop {
        let TypeRef::Named(id) = ty else {
            return matches!(ty, TypeRef::Json | TypeRef::Scalar(ScalarKind::String));
        };
        ty = match &scope.service.type_def(*id).kind {
            TypeKind::Alias(ty) => ty,
            TypeKind::Newtype(scalar) => return takes_text(scalar, text),
            TypeKind::Enum(choice) => return choice.variants.iter().any(|one| one.wire == text),
            TypeKind::Struct(_) | TypeKind::Union(_) => return false,
        };
    }
}

/// Whether the contract has an example of a header.
fn is_given(scope: &Scope<'_>, header: &Header) -> bool {
    let of_type = match &header.ty {
        TypeRef::Named(id) => scope.service.type_def(*id).example.is_some(),
        _ => false,
    };
    header.example.is_some() || of_type
}

/// What an operation returns; `contract` is the crate of its types.
pub(super) fn mock(scope: &Scope<'_>, contract: &str, operation: &Operation) -> Option<Mock> {
    let all = successes(operation);
    let made = all.iter().find_map(|response| {
        let made = Made { scope, contract, operation, constant: None, reads_input: false };
        made.response(response, all.len() > 1)
    });
    // Where a contract names no success, its `default` response is one of all.
    let default = || operation.responses.iter().find(|one| one.status == Status::Default);
    made.or_else(|| {
        let response = default().filter(|_| all.is_empty())?;
        Made { scope, contract, operation, constant: None, reads_input: false }.default(response)
    })
}

/// The methods that put errors of the runtime into the words of a contract: its example of them. A form of errors
/// without one is left to the compiler, which asks for its method.
pub(super) fn error_methods(scope: &Scope<'_>, contract: &str) -> Vec<TokenStream> {
    let method = |(name, ty): (Ident, &TypeRef)| {
        let text = raw(&serde_json::to_string_pretty(&example(scope.service, ty)?).ok()?)?;
        let ty = match ty {
            TypeRef::Named(id) => scope.from(contract, &scope.service.type_def(*id).name.pascal),
            ty => scope.rust_type(ty),
        };
        let (problem, read) = (scope.runtime("Problem"), scope.runtime("example"));
        let docs = super::lines_doc(&[
            "What clients are told of an invalid request: the example of the contract, until somebody says what is wrong.",
        ]);
        Some(quote! {
            #docs
            fn #name(&self, problem: &#problem) -> #ty {
                let _ = problem;
                #read(#text).expect("the example fits its schema")
            }
        })
    };
    unmapped(scope.service).into_iter().filter_map(method).collect()
}

struct Made<'a> {
    scope: &'a Scope<'a>,
    contract: &'a str,
    operation: &'a Operation,
    constant: Option<TokenStream>,
    reads_input: bool,
}

impl Made<'_> {
    fn response(mut self, response: &Response, is_variant: bool) -> Option<Mock> {
        let value = match Payload::of(response) {
            Payload::Nothing => None,
            Payload::Problem => return None,
            Payload::Body => Some(self.body(response)?),
            Payload::Struct => Some(self.structure(response)?),
        };
        let result = match (is_variant, value) {
            (false, None) => quote!(Ok(())),
            (false, Some(value)) => quote!(Ok(#value)),
            (true, value) => {
                let output =
                    self.scope.from(self.contract, &output_name(self.operation).to_string());
                let variant = ident(&response.name.pascal);
                let held = value.map(|value| quote!((#value)));
                quote!(Ok(#output::#variant #held))
            }
        };
        Some(Mock { constant: self.constant, result, reads_input: self.reads_input })
    }

    /// A response that is no success by its status.
    fn default(mut self, response: &Response) -> Option<Mock> {
        let value = match Payload::of(response) {
            Payload::Nothing => None,
            Payload::Problem => return None,
            Payload::Body => Some(self.body(response)?),
            Payload::Struct => Some(self.structure(response)?),
        };
        let error = self.scope.from(self.contract, &error_name(self.operation).to_string());
        let (variant, held) = (ident(&response.name.pascal), value.map(|value| quote!((#value))));
        let result = quote!(Err(#error::#variant #held));
        Some(Mock { constant: self.constant, result, reads_input: self.reads_input })
    }

    /// A response with headers, or of an open status.
    fn structure(&mut self, response: &Response) -> Option<TokenStream> {
        let name = struct_name(self.operation, response).to_string();
        let name = self.scope.from(self.contract, &name);
        let mut arguments = vec![];
        match response.status {
            Status::Code(_) => {}
            Status::Range(first) => {
                let status = proc_macro2::Literal::u16_unsuffixed(u16::from(first) * 100);
                arguments.push(quote!(#status));
            }
            Status::Default => {
                let status = proc_macro2::Literal::u16_unsuffixed(OPEN_STATUS);
                arguments.push(quote!(#status));
            }
        }
        let scope = self.scope;
        let read = || scope.runtime("example");
        let is_location = |header: &&Header| header.name.wire.eq_ignore_ascii_case("location");
        let location = response.headers.iter().find(is_location);
        let location =
            location.and_then(|header| self.location().filter(|path| takes(scope, header, path)));
        let text_of = |header: &Header| {
            let made = location.clone().filter(|_| is_location(&header));
            let given = made.or_else(|| header.example.clone());
            let value = given.or_else(|| example(scope.service, &header.ty))?;
            Some(value.to_string())
        };
        // What is read is imported, so nothing is before it is known that there is a mock.
        let texts = response.headers.iter().filter(|header| header.required).map(text_of);
        let texts = texts.collect::<Option<Vec<String>>>()?;
        let body = match response.contents.is_empty() {
            true => None,
            false => Some(self.body(response)?),
        };
        for text in texts {
            let read = read();
            arguments.push(quote!(#read(#text)?));
        }
        arguments.extend(body);
        let made = match arguments.is_empty() {
            true => quote!(#name::default()),
            false => quote!(#name::new(#(#arguments),*)),
        };
        // What a client needs for its next request is there, although it need not be, unless nobody knows a value.
        let parameters = || response.links.iter().flat_map(|link| &link.parameters);
        let is_linked = |name: &str| {
            let is_it = |text: &str| text.eq_ignore_ascii_case(&format!("$response.header.{name}"));
            parameters().any(|(_, expression)| is_it(expression))
        };
        let of = |header: &Header| match &header.name.wire.to_ascii_lowercase()[..] {
            // A made-up place would be another system's.
            "location" if location.is_none() && !is_given(scope, header) => None,
            name if name == "location" || name == "etag" || is_linked(name) => text_of(header),
            _ => None,
        };
        let optional = response.headers.iter().filter(|header| !header.required);
        let fields = optional.filter_map(|header| {
            let (text, field, read) = (of(header)?, ident(&header.name.snake), read());
            Some(quote!(#field: Some(#read(#text)?)))
        });
        let fields: Vec<TokenStream> = fields.collect();
        let is_whole = arguments.is_empty() && fields.len() == response.headers.len();
        Some(match fields.is_empty() {
            true => made,
            false if is_whole => quote!(#name { #(#fields),* }),
            false => quote!(#name { #(#fields,)* ..#made }),
        })
    }

    /// Where the thing is that the request creates: the path of what reads or changes it, as JSON.
    fn location(&self) -> Option<Value> {
        let own = &self.operation.path;
        let is_below = |one: &&Operation| {
            one.path.segments.len() == own.segments.len() + 1
                && one.path.is_below(own)
                && matches!(one.path.segments.last(), Some(Segment::Parameter(_)))
        };
        let below = self.scope.service.operations.iter().find(is_below)?;
        let mut path = String::new();
        for segment in &below.path.segments {
            path.push('/');
            match segment {
                Segment::Literal(text) => path.push_str(text),
                Segment::Parameter(name) => {
                    let parameter = below.parameters.iter().find(|one| one.name.wire == *name)?;
                    match example(self.scope.service, &parameter.ty)? {
                        Value::String(text) => path.push_str(&scalars::percent::encode(&text)),
                        other => path.push_str(&other.to_string()),
                    }
                }
                Segment::Mixed(_) => return None,
            }
        }
        Some(Value::from(path))
    }

    fn body(&mut self, response: &Response) -> Option<TokenStream> {
        let kinds = variants(&response.contents);
        if let [only] = kinds.as_slice() {
            return self.content(only.first());
        }
        let name = response_content_name(self.operation, response).to_string();
        let kind = kinds.iter().find(|kind| kind.first().codec == Codec::Json).or(kinds.first())?;
        let (value, variant) = (self.content(kind.first())?, kind.name());
        let name = self.scope.from(self.contract, &name);
        Some(quote!(#name::#variant(#value)))
    }

    fn content(&mut self, content: &Content) -> Option<TokenStream> {
        let given = content.examples.first().map(|example| example.value.clone());
        let example = given.or_else(|| example(self.scope.service, &content.ty));
        match &content.codec {
            Codec::Json | Codec::Form(_) | Codec::Text => {
                let example = example?;
                let text = serde_json::to_string_pretty(&example).ok()?;
                let docs = super::lines_doc(&["The example of the contract."]);
                let literal = raw(&text).unwrap_or_else(|| quote!(#text));
                self.constant = Some(quote!(#docs const EXAMPLE: &str = #literal;));
                Some(self.read(&example))
            }
            Codec::Binary => {
                let text = match example {
                    Some(Value::String(text)) => text,
                    _ => "example".to_owned(),
                };
                let bytes = quote!(#text.as_bytes().to_vec());
                match content.is_range() {
                    false => Some(quote!(#bytes.into())),
                    true => {
                        let file = self.scope.runtime("File");
                        let media_type = one_of(&content.media_type);
                        Some(quote!(#file::new(#media_type, #bytes)))
                    }
                }
            }
            Codec::Multipart(_) => None,
        }
    }
}

impl Made<'_> {
    /// The example, with the properties that the path or the body of the request have too: what was created is returned,
    /// and what is asked for has the id that was asked for.
    fn read(&mut self, example: &Value) -> TokenStream {
        let (members, body) = (self.members(example), self.shares_body(example));
        if members.is_empty() && !body {
            let read = self.scope.runtime("example");
            return quote!(#read(EXAMPLE)?);
        }
        self.reads_input = true;
        let read = self.scope.runtime("example_with");
        let body = if body { quote!(&input.body) } else { quote!(&()) };
        quote!(#read(EXAMPLE, &[#(#members),*], #body)?)
    }

    /// The parameters of the path that the example has as properties, by their names; the last one may be its `id`.
    fn members(&self, example: &Value) -> Vec<TokenStream> {
        let in_path = |one: &&Parameter| one.location == ParameterLocation::Path;
        let parameters = || self.operation.parameters.iter().filter(in_path);
        let last = self.operation.path.segments.last();
        let found = parameters().filter_map(|parameter| {
            let wire = parameter.name.wire.as_str();
            let is_last = matches!(last, Some(Segment::Parameter(name)) if name == wire);
            let names = [Some(wire), is_last.then_some("id")];
            let name = names.into_iter().flatten().find(|name| example.get(name).is_some())?;
            let field = ident(&parameter.name.snake);
            Some(quote!((#name, &input.#field)))
        });
        found.collect()
    }

    /// Whether the request has a body with some of the example's properties.
    fn shares_body(&self, example: &Value) -> bool {
        let Some(body) = &self.operation.body else { return false };
        let kinds = variants(&body.contents);
        let [only] = kinds.as_slice() else { return false };
        let content = only.first();
        let sent = match content.codec {
            Codec::Json => self::example(self.scope.service, &content.ty),
            _ => None,
        };
        let sent = sent.as_ref().and_then(Value::as_object);
        sent.is_some_and(|sent| sent.keys().any(|name| example.get(name).is_some()))
    }
}

/// A text as a literal that needs no escapes; none where it cannot be one.
fn raw(text: &str) -> Option<TokenStream> {
    const FENCE: &str = "##";
    let is_plain = !text.contains(&format!("\"{FENCE}")) && !text.contains('\r');
    is_plain.then(|| format!("r{FENCE}\"{text}\"{FENCE}").parse().ok())?
}
