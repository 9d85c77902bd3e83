//! Edits of operations, and of what the whole document has.

use serde_json::{Value, json};

use super::edits::{object, remove, split};
use crate::METHODS;

/// Gives a path item another path.
pub(super) fn move_path(document: &mut Value, place: &str) -> Option<()> {
    let (_, path) = split(place)?;
    let item = remove(document, place)?;
    if METHODS.iter().filter(|method| item.get(**method).is_some()).count() != 1 {
        return None;
    }
    let paths = object(document, "/paths")?;
    paths.insert(format!("/moved-by-mutation{path}"), item);
    Some(())
}

/// Adds an operation, in the module of another one.
pub(super) fn add_operation(document: &mut Value, place: &str) -> Option<()> {
    let tags = document.pointer(place)?.get("tags").cloned();
    let mut operation = json!({
        "operationId": "addedByMutation",
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
        "responses": {"204": {"description": "Done."}},
    });
    if let Some(tags) = tags {
        operation["tags"] = tags;
    }
    object(document, "/paths")?.insert("/added-by-mutation".to_owned(), json!({ "get": operation }));
    Some(())
}

/// Asks for a key that no other operation asks for.
pub(super) fn ask_for_key(document: &mut Value, place: &str) -> Option<()> {
    object(document, place)?.insert("security".to_owned(), json!([{"addedByMutation": []}]));
    let components = document
        .as_object_mut()?
        .entry("components")
        .or_insert_with(|| json!({}));
    let schemes = components
        .as_object_mut()?
        .entry("securitySchemes")
        .or_insert_with(|| json!({}));
    let scheme = json!({"type": "apiKey", "in": "header", "name": "X-Added-By-Mutation"});
    schemes.as_object_mut()?.insert("addedByMutation".to_owned(), scheme);
    Some(())
}

/// Moves the first server.
pub(super) fn move_server(document: &mut Value, _: &str) -> Option<()> {
    let server = document.pointer_mut("/servers/0")?;
    *server = json!({"url": "https://moved-by-mutation.example"});
    Some(())
}

/// Adds a kind of a body that a request may have.
pub(super) fn add_text_body(document: &mut Value, place: &str) -> Option<()> {
    add_content(document, place, "text/plain")
}

/// Adds a kind of content that a response may have.
pub(super) fn add_csv(document: &mut Value, place: &str) -> Option<()> {
    add_content(document, place, "text/csv")
}

fn add_content(document: &mut Value, place: &str, media_type: &str) -> Option<()> {
    let content = document.pointer_mut(place)?.get_mut("content")?.as_object_mut()?;
    content.insert(media_type.to_owned(), json!({"schema": {"type": "string"}}));
    Some(())
}

/// Gives a body another media type.
pub(super) fn encode_as_text(document: &mut Value, place: &str) -> Option<()> {
    let content = object(document, place)?.get_mut("content")?;
    *content = json!({"text/plain": {"schema": {"type": "string"}}});
    Some(())
}

/// Adds a response of an operation.
pub(super) fn add_failure(document: &mut Value, place: &str) -> Option<()> {
    add_response(document, place, "418")
}

/// Adds a response that says an operation succeeded.
pub(super) fn add_success(document: &mut Value, place: &str) -> Option<()> {
    add_response(document, place, "207")
}

fn add_response(document: &mut Value, place: &str, status: &str) -> Option<()> {
    let responses = object(document, place)?.get_mut("responses")?.as_object_mut()?;
    let schema = json!({"type": "object", "properties": {"reason": {"type": "string"}}});
    let response = json!({"description": "Added.", "content": {"application/json": {"schema": schema}}});
    responses.insert(status.to_owned(), response);
    Some(())
}

/// Adds a header of a response.
pub(super) fn add_header(document: &mut Value, place: &str) -> Option<()> {
    let response = object(document, place)?;
    let headers = response.entry("headers").or_insert_with(|| json!({}));
    let header = json!({"schema": {"type": "integer"}});
    headers
        .as_object_mut()?
        .insert("X-Added-By-Mutation".to_owned(), header);
    Some(())
}

/// Adds a value to the enum of a parameter.
pub(super) fn add_value_of_parameter(document: &mut Value, place: &str) -> Option<()> {
    let values = document.pointer_mut(&format!("{place}/schema/enum"))?;
    values.as_array_mut()?.push(json!("addedByMutation"));
    Some(())
}

/// Adds a callback of an operation.
pub(super) fn add_callback(document: &mut Value, place: &str) -> Option<()> {
    let schema = json!({"type": "object", "properties": {"state": {"type": "string"}}});
    let body = json!({"required": true, "content": {"application/json": {"schema": schema}}});
    let post = json!({"requestBody": body, "responses": {"204": {"description": "Taken."}}});
    let callbacks = object(document, place)?.entry("callbacks").or_insert_with(|| json!({}));
    callbacks.as_object_mut()?.insert(
        "addedByMutation".to_owned(),
        json!({"{$request.query.url}": {"post": post}}),
    );
    Some(())
}

/// Gives a part of a body a media type of its own.
pub(super) fn encode_part_as_markdown(document: &mut Value, place: &str) -> Option<()> {
    let (content, part) = place.split_once("/schema/properties/")?;
    let encoding = object(document, content)?
        .entry("encoding")
        .or_insert_with(|| json!({}));
    encoding
        .as_object_mut()?
        .insert(part.to_owned(), json!({"contentType": "text/markdown"}));
    Some(())
}

/// Gives the next response the header too.
pub(super) fn repeat_header(document: &mut Value, place: &str) -> Option<()> {
    let header = document.pointer(place)?.clone();
    let (headers, name) = split(place)?;
    let (response, _) = split(headers)?;
    let (responses, status) = split(response)?;
    let responses = object(document, responses)?;
    let (_, other) = responses.iter_mut().find(|(other, _)| **other != status)?;
    let headers = other.as_object_mut()?.entry("headers").or_insert_with(|| json!({}));
    headers.as_object_mut()?.insert(name, header);
    Some(())
}

/// Sends an operation by `POST` that was sent by `GET`.
pub(super) fn post_in_place_of_get(document: &mut Value, place: &str) -> Option<()> {
    let item = object(document, place)?;
    let operation = item.remove("get")?;
    item.insert("post".to_owned(), operation);
    Some(())
}

/// Sends webhooks as text.
pub(super) fn send_webhooks_as_text(document: &mut Value, _: &str) -> Option<()> {
    for item in object(document, "/webhooks")?.values_mut() {
        let content = item.pointer_mut("/post/requestBody/content")?;
        *content = json!({"text/plain": {"schema": {"type": "string"}}});
    }
    Some(())
}
