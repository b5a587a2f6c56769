//! What a misspelt name was probably meant to be.

/// The name that is nearest, where few changes lead to it.
#[must_use]
pub(crate) fn nearest<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    let limit = (word.chars().count() / 3).clamp(1, 3);
    let near = names.iter().map(|name| (changes(word, name), *name));
    near.filter(|(n_changes, _)| *n_changes <= limit).min_by_key(|(n, _)| *n).map(|(_, name)| name)
}

/// How many letters have to be added, left out or replaced (Levenshtein's distance), cases aside.
fn changes(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.to_lowercase().chars().enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (column, known) in other.iter().enumerate() {
            let replaced = before + usize::from(*known != letter);
            before = row[column + 1];
            row[column + 1] = replaced.min(before + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
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
        assert_eq!(changes("", "abc"), 3);
    }
}
