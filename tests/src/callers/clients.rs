//! Statements about what belongs to clients as a whole: credentials, servers, and what the server sends by itself.

use generator::unstable::lines;
use generator::unstable::model::{Payload, SchemeKind};

use super::writer::{Writer, any};

/// Writes them.
pub(super) fn lines(writer: &mut Writer<'_>) {
    let api = writer.api;
    writer.about("Client");
    writer.line(
        &["ClientBuilder"],
        "let _: ClientBuilder = Client::builder();".to_owned(),
    );
    if api.server.is_some() {
        writer.line(&["SERVER"], "let _: &str = SERVER;".to_owned());
    }
    if api.environment.is_some() {
        writer.line(
            &["Client::from_env"],
            "let _: Client = Client::from_env().ok().unwrap();".to_owned(),
        );
    }
    for scheme in &api.schemes {
        let item = format!("ClientBuilder::{}", scheme.setter);
        let arguments = match scheme.kind {
            SchemeKind::Basic => "\"user\", \"password\"",
            SchemeKind::Bearer | SchemeKind::ApiKey(..) => "\"text\"",
        };
        let text = format!(
            "let _: ClientBuilder = any::<ClientBuilder>().{}({arguments});",
            scheme.setter
        );
        writer.line(&[&item], text);
        let Some(flows) = &scheme.flows else { continue };
        let setters = [
            (Some(&flows.setter), "any::<runtime::Grant>()"),
            (
                flows.client_credentials.as_ref().map(|flow| &flow.setter),
                "\"id\", \"secret\"",
            ),
            (
                flows.refresh_token.as_ref().map(|flow| &flow.setter),
                "\"id\", Some(\"secret\"), \"token\"",
            ),
        ];
        for (setter, arguments) in setters {
            if let Some(setter) = setter {
                let text = format!("let _: ClientBuilder = any::<ClientBuilder>().{setter}({arguments});");
                writer.line(&[&item], text);
            }
        }
    }
    let has_own = api
        .servers
        .iter()
        .any(|server| server.own.is_some() || !server.variables.is_empty());
    if api.servers.len() > 1 || has_own {
        servers(writer);
    }
    webhooks(writer);
}

fn servers(writer: &mut Writer<'_>) {
    for server in &writer.api.servers {
        let item = format!("servers::{}", server.name);
        writer.about(&item);
        if server.variables.is_empty() {
            writer.line(&[&item], format!("let _: &str = {item};"));
            continue;
        }
        writer.line(&[&item], format!("let _: {item} = {item}::default();"));
        for variable in &server.variables {
            writer.line(
                &[&item],
                format!("let _: {item} = {}.{}(\"text\");", any(&item), variable.field),
            );
        }
    }
}

fn webhooks(writer: &mut Writer<'_>) {
    for webhooks in &writer.api.webhooks {
        let owner = format!("webhooks::{}", webhooks.name);
        writer.about(&owner);
        for webhook in &webhooks.webhooks {
            let item = format!("{owner}::{}", webhook.variant);
            let text = match &webhook.payload {
                None => format!("let _ = matches!({}, {item});", any(&owner)),
                Some(payload) => {
                    let type_ = match payload {
                        Payload::Json(type_, _) => writer.type_(type_),
                        other => lines::payload(writer.api, Some(other)),
                    };
                    format!(
                        "match {} {{ {item}(inner) => {{ let _: {type_} = inner; }} _ => {{}} }}",
                        any(&owner)
                    )
                }
            };
            writer.line(&[&item], text);
        }
    }
}
