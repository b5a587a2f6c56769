//! The walker on lists, and on how many elements, characters or properties there may be.

use super::change::Kind;
use super::meaning::{self, Said};
use super::shape::resolve;
use super::walk::{Changes, Here, Walker, is_never};
use crate::model::{ListType, Service};

impl<'a> Walker<'a> {
    /// Two lists.
    pub(crate) fn compare_lists(
        &mut self,
        old: &'a ListType,
        new: &'a ListType,
        here: Here,
        out: &mut Changes,
    ) {
        let (from, to) = (old.min_items.unwrap_or(0), new.min_items.unwrap_or(0));
        compare_least(from, to, [Kind::MinItemsIncreased, Kind::MinItemsDecreased], here, out);
        let is_empty = |service: &Service, of: &ListType| {
            of.max_items == Some(0) || is_never(service, resolve(service, &of.item).named)
        };
        if is_empty(self.old, old) && is_empty(self.new, new) {
            return;
        }
        compare_most(
            old.max_items,
            new.max_items,
            [
                Kind::MaxItemsSet,
                Kind::MaxItemsUnset,
                Kind::MaxItemsIncreased,
                Kind::MaxItemsDecreased,
            ],
            here,
            out,
        );
        // One item is no duplicate of another.
        let may_repeat = |of: &ListType| !of.unique && of.max_items.is_none_or(|most| most > 1);
        match (old.unique, new.unique) {
            (false, true) if may_repeat(old) => out.add(Kind::UniqueItemsAdded, here, "", ""),
            (true, false) if may_repeat(new) => out.add(Kind::UniqueItemsRemoved, here, "", ""),
            _ => {}
        }
        let mut of_items = self.compare(&old.item, &new.item, here);
        let was = Said { service: self.old, ty: &old.item, meaning: &old.meaning };
        let is = Said { service: self.new, ty: &new.item, meaning: &new.meaning };
        meaning::compare(was, is, here, &mut of_items);
        out.add_below("/*", of_items);
    }
}

/// Compares lower bounds of counts, where none is 0.
pub(crate) fn compare_least(
    old: u64,
    new: u64,
    [up, down]: [Kind; 2],
    here: Here,
    out: &mut Changes,
) {
    if new > old {
        out.add(up, here, old, new);
    } else if new < old {
        out.add(down, here, old, new);
    }
}

/// Compares upper bounds of counts; `kinds` are set, unset, increased, decreased.
pub(crate) fn compare_most(
    old: Option<u64>,
    new: Option<u64>,
    [set, unset, up, down]: [Kind; 4],
    here: Here,
    out: &mut Changes,
) {
    match (old, new) {
        (None, Some(new)) => out.add(set, here, "", new),
        (Some(old), None) => out.add(unset, here, old, ""),
        (Some(old), Some(new)) if new > old => out.add(up, here, old, new),
        (Some(old), Some(new)) if new < old => out.add(down, here, old, new),
        _ => {}
    }
}
