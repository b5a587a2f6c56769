//! A list that mostly holds one: without a list's own memory then, of which a long run would need a great deal.

/// None, one, or several.
#[derive(Debug, Clone, Default)]
pub(super) enum SmallList<T> {
    #[default]
    None,
    One(T),
    Several(Vec<T>),
}

impl<T> SmallList<T> {
    pub(super) fn as_slice(&self) -> &[T] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(all) => all,
        }
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [T] {
        match self {
            Self::None => &mut [],
            Self::One(one) => std::slice::from_mut(one),
            Self::Several(all) => all,
        }
    }

    pub(super) fn push(&mut self, more: T) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(more),
            Self::One(one) => Self::Several(vec![one, more]),
            Self::Several(mut all) => {
                all.push(more);
                Self::Several(all)
            }
        };
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        match self {
            Self::None => {}
            Self::One(one) if keep(one) => {}
            Self::One(_) => *self = Self::None,
            Self::Several(all) => all.retain(keep),
        }
    }
}

impl<T> FromIterator<T> for SmallList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut few = Self::None;
        all.into_iter().for_each(|one| few.push(one));
        few
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_a_list() {
        let mut few: SmallList<u32> = SmallList::default();
        assert!(few.as_slice().is_empty());
        for n in 1..=3 {
            few.push(n);
            assert_eq!(few.as_slice(), (1..=n).collect::<Vec<_>>());
        }
        few.retain(|n| *n != 2);
        few.as_mut_slice()[0] = 9;
        assert_eq!(few.as_slice(), [9, 3]);
        let mut one: SmallList<u32> = [7].into_iter().collect();
        one.retain(|_| false);
        assert!(one.as_slice().is_empty());
    }
}
