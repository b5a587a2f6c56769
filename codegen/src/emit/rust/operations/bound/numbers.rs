//! The check for numbers that a request may have and no table holds.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Body as Bound;
use crate::emit::rust::operations::input::refusals;
use crate::emit::rust::types::ident;
use crate::model::{Additional, Body, ScalarKind, Service, TypeId, TypeKind, TypeRef};

impl Bound<'_> {
    /// `if let Some(problem) = runtime::unstorable(…) { return … }`: a client's number is the client's fault, in items,
    /// keys and ranges alike.
    pub(super) fn unstorable(&self) -> Option<TokenStream> {
        let service = self.scope.service;
        let body = self.operation.body.as_ref().and_then(Body::json);
        let body = body.filter(|body| may_hold(service, &body.ty, &mut vec![]));
        let body = body.map(|_| quote!(("/body", &input.body)));
        let parameters = self.operation.parameters.iter();
        let parameters = parameters.filter(|one| may_hold(service, &one.ty, &mut vec![]));
        let parameters = parameters.map(|one| {
            let pointer =
                format!("/{}/{}", one.location.as_str(), scalars::pointer::escape(&one.name.wire));
            let field = ident(&one.name.snake);
            quote!((#pointer, &input.#field))
        });
        let values: Vec<TokenStream> = body.into_iter().chain(parameters).collect();
        if values.is_empty() {
            return None;
        }
        let (invalid, _) = refusals(self.operation);
        let problem = || {
            let status = Literal::u16_unsuffixed(invalid);
            quote!(problem.with_status(#status))
        };
        let refused = self.refusal_with(invalid, problem, "a number that cannot be stored");
        Some(quote! {
            if let Some(problem) = runtime::unstorable(&[#(#values),*]) {
                return #refused;
            }
        })
    }
}

/// Whether values of a type may have numbers that DynamoDB does not: it keeps sizes of 1e-130 to 1e126.
fn may_hold(service: &Service, ty: &TypeRef, seen: &mut Vec<TypeId>) -> bool {
    match ty {
        TypeRef::Json => true,
        TypeRef::Scalar(kind) => is_wide(*kind),
        TypeRef::List(list) => may_hold(service, &list.item, seen),
        TypeRef::Map(map) => may_hold(service, &map.value, seen),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => may_hold(service, inner, seen),
        TypeRef::Named(id) if seen.contains(id) => false,
        TypeRef::Named(id) => {
            seen.push(*id);
            match &service.type_def(*id).kind {
                TypeKind::Enum(_) => false,
                TypeKind::Newtype(scalar) => {
                    let number = &scalar.number;
                    let is_bounded = number.minimum.is_some()
                        && number.maximum.is_some()
                        && number.multiple_of.is_some();
                    is_wide(scalar.kind) && !is_bounded
                }
                TypeKind::Alias(ty) => may_hold(service, ty, seen),
                TypeKind::Union(union) => {
                    union.variants.iter().any(|one| may_hold(service, &one.ty, seen))
                }
                TypeKind::Struct(object) => {
                    let others = match &object.additional {
                        Additional::Open => true,
                        Additional::Refused => false,
                        Additional::Typed(ty) => may_hold(service, ty, seen),
                    };
                    others || object.fields.iter().any(|one| may_hold(service, &one.ty, seen))
                }
            }
        }
    }
}

fn is_wide(kind: ScalarKind) -> bool {
    matches!(kind, ScalarKind::Double | ScalarKind::Decimal)
}
