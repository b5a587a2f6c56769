//! What a misspelt name was probably meant to be.

/// The name that is nearest, where few changes lead to it.
#[must_use]
pub(crate) fn nearest<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    let (limit, word) = ((word.chars().count() / 3).clamp(1, 3), word.to_lowercase());
    let changes = |name: &str| strsim::levenshtein(&word, &name.to_lowercase());
    let near = names.iter().map(|name| (changes(name), *name));
    near.filter(|(n_changes, _)| *n_changes <= limit).min_by_key(|(n, _)| *n).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_changes_are_a_slip_and_many_are_another_word() {
        let names = ["getProduct", "getBasket", "listOrders"];
        assert_eq!(nearest("getProdct", &names), Some("getProduct"));
        assert_eq!(nearest("getproduct", &names), Some("getProduct"));
        assert_eq!(nearest("checkout", &names), None);
        assert_eq!(nearest("", &["abc"]), None);
    }
}
