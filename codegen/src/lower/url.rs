//! Which URLs are of this machine.

/// Whether a URL without encryption leads to this machine: the host is not only the beginning of another one.
pub(crate) fn is_local(url: &str) -> bool {
    let hosts = ["localhost", "127.0.0.1", "[::1]"];
    url.strip_prefix("http://").is_some_and(|rest| {
        // What precedes `@` is no host.
        let authority = rest.split('/').next().unwrap_or_default();
        let port = hosts.iter().find_map(|host| authority.strip_prefix(host));
        port.is_some_and(|port| port.is_empty() || (port.starts_with(':') && !port.contains('@')))
    })
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn a_host_that_begins_like_this_machine_is_another_one() {
        for url in
            ["http://localhost", "http://localhost:8080/a", "http://127.0.0.1/", "http://[::1]:1"]
        {
            assert!(is_local(url), "{url}");
        }
        for url in [
            "http://localhost.example.com",
            "http://127.0.0.12/",
            "http://localhost:a@b",
            "https://a",
            "localhost",
        ] {
            assert!(!is_local(url), "{url}");
        }
    }
}
