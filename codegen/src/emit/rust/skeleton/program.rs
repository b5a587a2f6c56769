//! The program of a function: it starts the service and serves what triggers the function.

use quote::quote;

use super::{Begun, laid_out};
use crate::emit::rust::events;
use crate::emit::rust::types::Scope;
use crate::model::{Function, Trigger};

impl Begun<'_> {
    /// The program of a function.
    pub(super) fn main(&self, function: &Function) -> String {
        let scope = Scope::new(self.service, &self.contract);
        // A name alone may be a word that Rust reserves.
        let name = &self.service.name;
        let library = match self.crates.prefix.as_str() {
            "" => name.snake.clone(),
            _ => self.crates.name(&name.kebab).replace('-', "_"),
        };
        let service = scope.from(&library, "Service");
        let (aws, error) = (scope.runtime("Aws"), scope.runtime("Error"));
        let settings = self.has_settings.then(|| {
            let settings = scope.from(&self.contract, "Settings");
            quote!(let settings = #settings::load(&aws).await?;)
        });
        let made = match &settings {
            None => quote!(#service::new(&aws)),
            Some(_) => quote!(#service::new(&aws, settings)),
        };
        let (what, serving) = match function.trigger {
            Trigger::Api => {
                let (serve, routes) =
                    (scope.runtime("serve_api"), scope.from(&self.contract, "Routes"));
                ("handles requests".to_owned(), quote!(#serve(#routes::new(#made))))
            }
            Trigger::Receive(index) => {
                let receive = &self.service.receives[index];
                let serve = scope.runtime(events::serve(&receive.delivery));
                let consumer =
                    scope.from(&self.contract, &format!("{}Consumer", receive.id.pascal));
                let events = if receive.delivery.stream().is_some() { "changes" } else { "events" };
                let what = format!("receives {events}: `{}`", receive.id.wire);
                (what, quote!(#serve(#consumer::new(#made))))
            }
        };
        let result = scope.prelude("std::result", "Result");
        let function = quote! {
            #[tokio::main(flavor = "current_thread")]
            async fn main() -> #result<(), #error> {
                let aws = #aws::load().await;
                #settings
                #serving.await
            }
        };
        let imports = scope.imports();
        let head = format!("The function of the {} service that {what}.", self.service.name.wire);
        laid_out(&[head], &[imports, function])
    }
}
