//! The bodies that change some attributes of an item: replacements that keep others, patches, and changes that the
//! contract says.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Body as Bound;
use super::write::{joined, used};
use crate::emit::rust::forms::resolved;
use crate::emit::rust::operations::input::refusals;
use crate::emit::rust::types::{ident, number_rules};
use crate::model::{
    Body, Bound as End, Change, Field, Generated, KeySource, Name, NumberRules, Operand, TypeId,
    TypeKind, TypeRef,
};

impl Bound<'_> {
    /// The type of the request's body.
    fn sent(&self) -> Option<TypeId> {
        let body = self.operation.body.as_ref().and_then(Body::json)?;
        match resolved(self.scope.service, &body.ty) {
            TypeRef::Named(id) => Some(*id),
            _ => None,
        }
    }

    /// A body that has a key of its own must have the one that the path has.
    pub(super) fn same_keys_of(&self, key: &KeySource) -> Option<TokenStream> {
        match &self.scope.service.type_def(self.sent()?).kind {
            TypeKind::Struct(sent) => Some(self.same_keys(key, sent)),
            _ => None,
        }
    }

    fn is_key(&self, name: &Name) -> bool {
        let key = &self.table.key;
        key.partition.name == *name || key.sort.as_ref().is_some_and(|sort| sort.name == *name)
    }

    /// Whether only the service sets a property: requests do not have it.
    fn is_fixed(&self, field: &Field) -> bool {
        let forms = self.scope.service.types.iter();
        let mut forms = forms.filter(|def| def.request_form_of == Some(self.table.item));
        let form = forms.find_map(|def| match &def.kind {
            TypeKind::Struct(form) => Some(form),
            _ => None,
        });
        let is_left_out = form.is_some_and(|form| form.ignored.contains(&field.name.wire));
        field.version || is_left_out || self.is_key(&field.name)
    }

    /// `let update = …;`: the body in place of what is there, without what only the service sets.
    pub(super) fn replacement(&self) -> TokenStream {
        let update = self.scope.runtime("Update");
        let fields = self.item_fields();
        let (fixed, known): (Vec<_>, Vec<_>) = fields.iter().partition(|one| self.is_fixed(one));
        let names = |fields: &[&Field]| {
            fields.iter().map(|field| field.name.wire.clone()).collect::<Vec<_>>()
        };
        let (fixed, known) = (names(&fixed), names(&known));
        let made = self.made();
        let (follow, conditions) =
            (self.follow(known.iter().map(String::as_str)), self.conditions());
        quote! {
            let update = #update::new().replace(&input.body, &[#(#known),*], &[#(#fixed),*])?
                #made #follow #conditions;
        }
    }

    /// What changes with every write: the version, and the instant of the last change.
    fn made(&self) -> TokenStream {
        let version = self.table.version.as_ref().map(|version| {
            let field = self.field(version);
            quote!(.add(#field, &1_i64))
        });
        let updated =
            self.item_fields().iter().filter(|one| one.generated == Some(Generated::Updated));
        let updated = updated.map(|one| {
            let (field, now) = (self.field(&one.name), self.scope.runtime("Timestamp"));
            let plain = resolved(self.scope.service, self.scope.not_null(&one.ty));
            let value = match plain {
                TypeRef::Scalar(_) => quote!(#now::now()),
                _ => self.read_text(&one.name.wire, &quote!(&#now::now().to_string())),
            };
            quote!(.set(#field, &#value))
        });
        quote!(#version #(#updated)*)
    }

    /// `.when(…)`: all that is asked of the item that is there.
    fn conditions(&self) -> Option<TokenStream> {
        let all = self.guard().into_iter().chain(self.version_matches());
        let condition = joined(all.collect())?;
        Some(quote!(.when(#condition)))
    }

    pub(super) fn patch(&self, key: &KeySource, fixed: &[String]) -> TokenStream {
        let (handle, key) = (self.handle(), self.key(key, false));
        let names = self.item_fields().iter().map(|field| field.name.wire.as_str());
        let is_fixed = |name: &str| fixed.iter().any(|one| *one == *scalars::pointer::escape(name));
        let follow = self.follow(names.filter(|name| !is_fixed(name)));
        let update = self.scope.runtime("Update");
        let (made, conditions) = (self.made(), self.conditions());
        let done = self.success(&quote!(item), None);
        let item = used(&done);
        let missing = self.refusal_arm(404, "the item does not exist");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let patched = self.scope.runtime("Patched");
        let refused = self.refused_arms(|found| quote!(Ok(#patched::Refused(#found))));
        let (invalid, _) = refusals(self.operation);
        let invalid = self.refusal_with(
            invalid,
            || {
                let status = proc_macro2::Literal::u16_unsuffixed(invalid);
                quote!(problem.with_status(#status))
            },
            "the patch violates the contract",
        );
        let contended = match refused.is_empty() {
            true => {
                let contended = self.contended();
                Some(quote!(Ok(#patched::Refused(_)) => #contended,))
            }
            false => None,
        };
        quote! {
            let key = #key;
            let update = #update::new() #made #follow #conditions;
            match #handle.patch(&key, &input.body, &[#(#fixed),*], update).await {
                Ok(#patched::Done(#item)) => #done,
                #refused
                #contended
                Ok(#patched::Missing) => #missing,
                Ok(#patched::Invalid(problem)) => #invalid,
                #large
                #fallback
            }
        }
    }

    pub(super) fn update(&self, key: &KeySource, changes: &[Change]) -> TokenStream {
        let (handle, key) = (self.handle(), self.key(key, true));
        let update = self.scope.runtime("Update");
        let set = changes.iter().filter(|one| matches!(one, Change::Set(..)));
        let follow = self.follow(set.map(|one| one.name().wire.as_str()));
        let (made, conditions) = (self.made(), self.conditions());
        let is_bounded = |name: &Name| {
            let own = self.item_fields().iter().find(|field| field.name == *name);
            own.is_some_and(|own| self.bounds(own).is_some())
        };
        let adds =
            changes.iter().any(|change| matches!(change, Change::Add(name, _) if is_bounded(name)));
        let changes = changes.iter().map(|change| self.change(change));
        let done = self.success(&quote!(item), None);
        let item = used(&done);
        let missing = self.refusal_arm(404, "the item does not exist");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let updated = self.scope.runtime("Updated");
        let refused = self.refusals(&quote!(#updated::Refused));
        let overflow = (self.binding.guard.is_none() && self.binding.if_match.is_none() && adds)
            .then(|| {
                let failure = self.refusal_arm(409, "the sum is out of the range of its type");
                quote!(Ok(#updated::Refused(Some(_))) => #failure,)
            });
        quote! {
            let key = #key;
            let update = #update::new() #made #follow #conditions;
            #(#changes)*
            match #handle.update(&key, update).await {
                Ok(#updated::Done(#item)) => #done,
                #refused
                #overflow
                Ok(#updated::Refused(_)) => #missing,
                #large
                #fallback
            }
        }
    }

    /// `let update = update.set(…);`
    fn change(&self, change: &Change) -> TokenStream {
        let own = self.item_fields().iter().find(|field| field.name == *change.name());
        let Some(own) = own else { return TokenStream::new() };
        let field = self.field(&own.name);
        match change {
            Change::Remove(_) => quote!(let update = update.remove(#field);),
            Change::Set(_, operand) => {
                self.with(operand, Some(own), |value| quote!(update.set(#field, #value)))
            }
            Change::Add(_, operand) => {
                let absent = own.fallback().map(ToString::to_string);
                let rules = self.bounds(own);
                if rules.is_none() && absent.is_none() {
                    return self.with(operand, None, |value| quote!(update.add(#field, #value)));
                }
                let rules = number_rules(self.scope, &rules.unwrap_or_default());
                let absent = match absent {
                    Some(absent) => quote!(Some(#absent)),
                    None => quote!(None),
                };
                self.with(
                    operand,
                    None,
                    |value| quote!(update.add_within(#field, #value, #rules, #absent)),
                )
            }
        }
    }

    /// The statement that makes a change with a value, if that is there; the value is of the type of `own`.
    fn with(
        &self,
        operand: &Operand,
        own: Option<&Field>,
        change: impl Fn(&TokenStream) -> TokenStream,
    ) -> TokenStream {
        let from = |name: &Ident, of: TokenStream, ty: &TypeRef, is_there: bool, secret: bool| {
            let other = own.filter(|own| {
                let own = resolved(self.scope.service, self.scope.not_null(&own.ty));
                secret || resolved(self.scope.service, ty) != own
            });
            let read = |value: &TokenStream| match other {
                None => value.clone(),
                Some(own) => {
                    let text = self.read_text(&own.name.wire, &quote!(&runtime::to_text(#value)));
                    quote!(&#text)
                }
            };
            if is_there {
                let change = change(&read(&quote!(&#of.#name)));
                return quote!(let update = #change;);
            }
            let change = change(&read(&quote!(#name)));
            quote! {
                let update = match &#of.#name {
                    Some(#name) => #change,
                    None => update,
                };
            }
        };
        match operand {
            Operand::Literal(value, ty) => {
                let value = self.preset(value, ty);
                let change = change(&quote!(&#value));
                quote!(let update = #change;)
            }
            Operand::Now => {
                let now = self.scope.runtime("Timestamp");
                let change = change(&quote!(&#now::now()));
                quote!(let update = #change;)
            }
            Operand::Parameter(at) => {
                let one = &self.operation.parameters[*at];
                let is_there = one.required || one.default.is_some();
                from(&ident(&one.name.snake), quote!(input), &one.ty, is_there, one.sensitive)
            }
            Operand::Body(name) => {
                let sent = self.sent().map(|id| &self.scope.service.type_def(id).kind);
                let Some(TypeKind::Struct(sent)) = sent else { return TokenStream::new() };
                let Some(one) = sent.fields.iter().find(|one| one.name.wire == name.wire) else {
                    return TokenStream::new();
                };
                let is_there = one.required || one.default.is_some();
                from(&ident(&one.name.snake), quote!(input.body), &one.ty, is_there, one.sensitive)
            }
        }
    }

    /// The bounds of a property, as far as sums may pass them: its own, and those of its format.
    fn bounds(&self, field: &Field) -> Option<NumberRules> {
        let (kind, own) = match resolved(self.scope.service, self.scope.not_null(&field.ty)) {
            TypeRef::Scalar(kind) => (*kind, NumberRules::default()),
            TypeRef::Named(id) => match &self.scope.service.type_def(*id).kind {
                TypeKind::Newtype(scalar) => (scalar.kind, scalar.number.clone()),
                _ => return None,
            },
            _ => return None,
        };
        let (least, greatest) = kind.range().unzip();
        let bound = |value: i64| End { value: value.to_string(), exclusive: false };
        let minimum = own.minimum.or(least.map(bound));
        let maximum = own.maximum.or(greatest.map(bound));
        let rules = NumberRules { minimum, maximum, ..NumberRules::default() };
        (rules != NumberRules::default()).then_some(rules)
    }
}
