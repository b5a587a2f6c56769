//! The bodies that write whole items, or remove them: under which condition, and what a refusal means.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::Body as Bound;
use crate::emit::rust::operations::answers::successes;
use crate::model::{KeySource, Location, Status};

impl Bound<'_> {
    pub(super) fn create(
        &self,
        on_exists: Option<u16>,
        generated_key: Option<&str>,
        key: Option<&KeySource>,
        location: Option<&Location>,
    ) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(generated_key, key));
        let (done, written) =
            (self.success(&quote!(item), location), self.scope.runtime("Written"));
        let exists = self.refusal_arm(on_exists.unwrap_or(409), "the item already exists");
        let (large, fallback) = (self.too_large(), self.other_errors());
        quote! {
            #item
            match #handle.create(&item).await {
                Ok(#written::Done) => #done,
                Ok(#written::Refused(_)) => #exists,
                #large
                #fallback
            }
        }
    }

    pub(super) fn put(&self, key: Option<&KeySource>) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(None, key));
        let done = self.success(&quote!(item), None);
        let (large, fallback) = (self.too_large(), self.other_errors());
        let mut conditions = self.guard();
        let must_be_new = self.binding.if_none_match.map(|_| {
            let condition = self.scope.runtime("Condition");
            quote!(#condition::item_absent_if(must_be_new))
        });
        conditions.extend(must_be_new);
        conditions.extend(self.states_follow(&quote!(item)));
        let Some(condition) = joined(conditions) else {
            return quote! {
                #item
                match #handle.put(&item).await {
                    Ok(()) => #done,
                    #large
                    #fallback
                }
            };
        };
        let written = self.scope.runtime("Written");
        let guard = self.guard_refusal();
        let exists = self.binding.if_none_match.map(|_| {
            let exists = self.refusal_arm(412, "the item exists already");
            let only = guard.is_some().then(|| quote!(if must_be_new));
            quote!(Ok(#written::Refused(_)) #only => #exists,)
        });
        let refused = guard.map(|guard| quote!(Ok(#written::Refused(_)) => #guard,));
        quote! {
            #item
            let condition = #condition;
            match #handle.put_if(&item, condition).await {
                Ok(#written::Done) => #done,
                #exists
                #refused
                #large
                #fallback
            }
        }
    }

    pub(super) fn replace(&self, key: &KeySource) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(None, Some(key)));
        let done = self.success(&quote!(item), None);
        let missing = self.refusal_arm(404, "the item does not exist");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let (condition, written) = (self.scope.runtime("Condition"), self.scope.runtime("Written"));
        let mut conditions = vec![quote!(#condition::item_exists())];
        conditions.extend(self.guard());
        conditions.extend(self.states_follow(&quote!(item)));
        let condition = joined(conditions);
        let refused = self.refusals(&quote!(#written::Refused));
        quote! {
            #item
            let condition = #condition;
            match #handle.put_if(&item, condition).await {
                Ok(#written::Done) => #done,
                #refused
                Ok(#written::Refused(_)) => #missing,
                #large
                #fallback
            }
        }
    }

    /// Replaces an item, and keeps what only the service sets.
    pub(super) fn replace_kept(&self, key: &KeySource) -> TokenStream {
        let (handle, same, update) = (self.handle(), self.same_keys_of(key), self.replacement());
        let key = self.key(key, false);
        let done = self.success(&quote!(item), None);
        let item = used(&done);
        let missing = self.refusal_arm(404, "the item does not exist");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let updated = self.scope.runtime("Updated");
        let refused = self.refusals(&quote!(#updated::Refused));
        quote! {
            #same
            let key = #key;
            #update
            match #handle.update(&key, update).await {
                Ok(#updated::Done(#item)) => #done,
                #refused
                Ok(#updated::Refused(_)) => #missing,
                #large
                #fallback
            }
        }
    }

    /// Replaces an item, or creates it where there is none; both are tried again when somebody else was faster.
    pub(super) fn upsert(&self, source: &KeySource) -> TokenStream {
        let (handle, update) = (self.handle(), self.replacement());
        let key = self.key(source, true);
        let item = self.item(None, Some(source));
        let all = successes(self.operation);
        let created = all.iter().find(|one| one.status == Status::Code(201)).or(all.first());
        let replaced = all.iter().find(|one| one.status != Status::Code(201)).or(all.first());
        let value = quote!(item);
        let created = created.map(|one| self.success_as(one, &value, None));
        let replaced = replaced.map(|one| self.success_as(one, &value, None));
        let found = used(&quote!(#replaced));
        let (large, fallback) = (self.too_large(), self.other_errors());
        let names = ["Updated", "Written", "Condition"].map(|name| self.scope.runtime(name));
        let [updated, written, condition] = names;
        let refused = self.refusals(&quote!(#updated::Refused));
        // No version of what is not there can match.
        let absent = self.binding.if_match.map(|_| {
            let changed = self.refusal(412, "the item does not exist");
            quote!(Ok(#updated::Refused(None)) if if_match.is_some() => return #changed,)
        });
        let contended = self.contended();
        let new = self.binding.if_none_match.map(|_| {
            let exists = self.refusal_arm(412, "the item exists already");
            quote! {
                if must_be_new {
                    return match #handle.put_if(&item, #condition::item_absent()).await {
                        Ok(#written::Done) => #created,
                        Ok(#written::Refused(_)) => #exists,
                        #large
                        #fallback
                    };
                }
            }
        });
        quote! {
            let key = #key;
            #update
            #item
            #new
            for _ in 0..3 {
                match #handle.update(&key, update.clone()).await {
                    Ok(#updated::Done(#found)) => return #replaced,
                    #absent
                    Ok(#updated::Refused(None)) => {}
                    other => return match other { #refused #large #fallback
                        Ok(_) => #contended,
                    },
                }
                match #handle.put_if(&item, #condition::item_absent()).await {
                    Ok(#written::Done) => return #created,
                    Ok(#written::Refused(_)) => {}
                    other => return match other { #large #fallback
                        Ok(_) => #contended,
                    },
                }
            }
            #contended
        }
    }

    /// The answer when others changed an item again and again.
    pub(super) fn contended(&self) -> TokenStream {
        let status =
            [409, 503].into_iter().find(|status| self.operation.answering(*status).is_some());
        self.refusal(
            status.unwrap_or(503),
            "the item was changed concurrently; send the request again",
        )
    }

    pub(super) fn delete(&self, key: &KeySource, must_exist: bool) -> TokenStream {
        let (handle, key) = (self.handle(), self.key(key, false));
        let (done, fallback) = (self.success(&quote!(()), None), self.other_errors());
        let mut conditions = vec![];
        if must_exist {
            let condition = self.scope.runtime("Condition");
            conditions.push(quote!(#condition::item_exists()));
        }
        conditions.extend(self.guard());
        conditions.extend(self.version_matches());
        let Some(condition) = joined(conditions) else {
            return quote! {
                let key = #key;
                match #handle.delete(&key).await {
                    Ok(()) => #done,
                    #fallback
                }
            };
        };
        let written = self.scope.runtime("Written");
        let refused = self.refusals(&quote!(#written::Refused));
        // What is not there is gone already, unless the contract tells the two apart.
        let gone = match must_exist {
            true => self.refusal_arm(404, "the item does not exist"),
            false => done.clone(),
        };
        quote! {
            let key = #key;
            let condition = #condition;
            match #handle.delete_if(&key, condition).await {
                Ok(#written::Done) => #done,
                #refused
                Ok(#written::Refused(_)) => #gone,
                #fallback
            }
        }
    }

    /// The arm for an item that the table does not take, where the contract has an answer to it.
    pub(super) fn too_large(&self) -> Option<TokenStream> {
        self.operation.answering(413)?;
        let error = self.scope.runtime("TableError");
        let refused = self.refusal_arm(413, "the item is too large to be stored");
        Some(quote!(Err(#error::TooLarge { .. }) => #refused,))
    }
}

/// `item`, or `_` where an answer does not use it.
pub(super) fn used(answer: &TokenStream) -> TokenStream {
    fn names_item(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(name) => name == "item",
            TokenTree::Group(group) => names_item(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    if names_item(answer.clone()) { quote!(item) } else { quote!(_) }
}

/// Conditions that must all hold.
pub(super) fn joined(conditions: Vec<TokenStream>) -> Option<TokenStream> {
    let mut conditions = conditions.into_iter();
    let first = conditions.next()?;
    Some(quote!(#first #(.and(#conditions))*))
}
