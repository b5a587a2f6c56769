//! The file of a rule that nobody wrote yet: it fails and names itself, or answers the example of its contract.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::library::receiving_signature;
use super::{Begun, Of, Part, Rules, laid_out};
use crate::emit::rust::docs::lines_doc;
use crate::emit::rust::events::{self, Method};
use crate::emit::rust::mock::{Mock, mock};
use crate::emit::rust::types::{Scope, ident};

impl Begun<'_> {
    /// What an operation returns until it is implemented, where it does not fail.
    pub(super) fn mock(&self, part: &Part<'_>) -> Option<Mock> {
        self.mock_in(&Scope::new(self.service, &self.contract), part)
    }

    fn mock_in(&self, scope: &Scope<'_>, part: &Part<'_>) -> Option<Mock> {
        match part.of {
            Of::Operation(one) if self.rules == Rules::Mocked => mock(scope, &self.contract, one),
            _ => None,
        }
    }

    /// The file of an implementation that is not written yet.
    pub(super) fn rule(&self, part: &Part<'_>) -> String {
        let scope = Scope::new(self.service, &self.contract);
        let service = scope.from("crate", "Service");
        let Mock { constant, result: body, reads_input } =
            self.mock_in(&scope, part).unwrap_or_else(|| self.failing(&scope, part));
        let used: &[&str] = if reads_input { &["input"] } else { &[] };
        let functions: Vec<TokenStream> = self
            .begun(&scope, part)
            .into_iter()
            .map(|Function { docs, name, signature: (parameters, result) }| {
                let (docs, parameters) = (lines_doc(&[docs]), unused(&parameters, used));
                quote! {
                    #docs
                    pub(crate) async fn #name(_service: &#service, #parameters) -> #result {
                        #body
                    }
                }
            })
            .collect();
        let id = part.id();
        let head = match &part.docs().summary {
            Some(summary) => format!("`{id}`: {}", summary.replace(['\n', '\r'], " ")),
            None => format!("`{id}`"),
        };
        let imports = std::iter::once(scope.imports());
        let items: Vec<TokenStream> = imports.chain(constant).chain(functions).collect();
        laid_out(&[head], &items)
    }

    /// The body of what nobody implemented.
    fn failing(&self, scope: &Scope<'_>, part: &Part<'_>) -> Mock {
        let failure = scope.runtime("Failure");
        let path = format!("{}/{}", self.place.services, self.file(part));
        let result = quote! {
            let file = #path;
            Err(#failure::message(format!("not implemented yet: implement it in {file}")).into())
        };
        Mock { constant: None, result, reads_input: false }
    }

    fn begun(&self, scope: &Scope<'_>, part: &Part<'_>) -> Vec<Function> {
        match part.of {
            Of::Operation(one) => vec![Function {
                docs: format!("`{} {}`", one.method.as_str(), one.path.text),
                name: ident(&one.id.snake),
                signature: self.operation_signature(scope, one),
            }],
            Of::Fill(one) => vec![Function {
                docs: "The properties of a new item that only the service sets.".to_owned(),
                name: ident(&part.module),
                signature: self.fill_signature(scope, one),
            }],
            Of::Receive(one) => {
                let function = |method: Method| Function {
                    docs: format!("Processes {}.", method.what),
                    signature: receiving_signature(scope, &method),
                    name: method.name,
                };
                events::methods(scope, one).into_iter().map(function).collect()
            }
        }
    }
}

/// A function of the file.
struct Function {
    docs: String,
    name: Ident,
    /// Its parameters but for the service, and its result.
    signature: (TokenStream, TokenStream),
}

/// Parameters that an implementation does not use yet.
fn unused(signature: &TokenStream, used: &[&str]) -> TokenStream {
    let (mut at_name, mut depth) = (true, 0_usize);
    let renamed = signature.clone().into_iter().map(|token| match token {
        proc_macro2::TokenTree::Ident(name) if at_name => {
            at_name = false;
            match used.iter().any(|used| name == used) {
                true => name.into(),
                false => ident(&format!("_{name}")).into(),
            }
        }
        proc_macro2::TokenTree::Punct(ref punct) => {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // Not the comma between the arguments of a type.
            at_name = punct.as_char() == ',' && depth == 0;
            token
        }
        token => token,
    });
    renamed.collect()
}
