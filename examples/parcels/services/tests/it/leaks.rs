//! What nobody may read in a log: secrets, whatever is wrong with them and with those who read them.

use std::path::Path;
use std::sync::{Arc, Mutex};

use parcels::notices::UNREACHABLE;
use stage::log::Entry;
use stage::{Journal, Log};

use crate::carrier::{Carrier, eventually};

/// What every secret here holds.
const MARK: &str = "XMARKX";

/// Runs the carrier with this line for the secret until a notice is given up, and says all that can be read of it.
async fn given_up(name: &str, secret: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let secrets = folder.join(format!("leaks-{name}.toml"));
    let text = format!(
        "[secrets]\n\"local/notices\" = {secret}\n[parameters]\n\"/parcels/tariff/base-cents\" = \"{MARK}\"\n"
    );
    std::fs::write(&secrets, text).unwrap();
    let said = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&said);
    let carrier = Carrier::adapted(move |options| {
        options.secrets = Some(secrets);
        options.journal = Journal::kept();
        options.parameters = [("LogLevel".to_owned(), "DEBUG".to_owned())].into();
        options.log = Log::to(true, move |entry| {
            let (of, text) = match entry {
                Entry::Output { function, line } => (function, line),
                Entry::Problem { about, text } => (about, text),
            };
            sink.lock().unwrap().push_str(&format!("{of} | {text}\n"));
        });
    });
    let carrier = match carrier.await {
        Ok(carrier) => carrier,
        // The stage tells at once what is wrong with the file.
        Err(error) => return error.to_string(),
    };
    carrier.register(UNREACHABLE, 1200).await;
    eventually("a record", async || carrier.first("ConfirmGivenUp")).await;
    let journal = carrier.journal().await;
    let said = said.lock().unwrap().clone();
    format!("{said}{journal}")
}

#[tokio::test]
async fn no_secret_gets_into_a_log() {
    let right = format!("{{ seed = \"{MARK}\" }}");
    for (name, secret, reason) in [
        ("text", format!("\"{MARK}\""), "no local value for the key `seed`"),
        ("other-key", format!("{{ other = \"{MARK}\" }}"), "no local value for the key `seed`"),
        ("deep", format!("{{ seed = {{ of = \"{MARK}\" }} }}"), "is not a string"),
        ("right", right, "the recipient cannot be reached"),
    ] {
        let told = given_up(name, &secret).await;
        assert!(told.contains(reason), "{name}: {told}");
        let leak = told.lines().find(|line| line.contains(MARK));
        assert_eq!(leak, None, "{name}");
    }
}
