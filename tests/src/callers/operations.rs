//! Statements about operations: requests with every argument, their bodies, and what becomes of responses.

use generator::unstable::lines::{self, Argument, Call};
use generator::unstable::model::{
    AliasTarget, Content, Part, PartContent, Parts, Payload, Resource, Responses, Stream,
};
use generator::unstable::{Derive, Type};

use super::types::default;
use super::writer::{Use, Writer, any, arguments};

/// Writes the statements about the operations of a resource.
pub(super) fn lines(writer: &mut Writer<'_>, resource: &Resource) {
    for operation in &resource.operations {
        let call = Call {
            api: writer.api,
            module: &resource.module,
            operation,
        };
        writer.about(&call.path());
        of_request(writer, call);
        of_responses(writer, call);
        of_others(writer, call);
        if let Some(Content::Parts(parts)) = operation.body.as_ref().map(|body| &body.content) {
            of_parts(writer, call, parts);
        }
    }
    for alias in &resource.aliases {
        let former = format!("operations::{}::{}", resource.module, alias.name);
        writer.about(&former);
        match &alias.target {
            AliasTarget::Type(id) => {
                let path = writer.path(*id);
                writer.line(&[&former], format!("let _: {former} = {};", any(&path)));
            }
            AliasTarget::Local(name) => {
                let path = format!("operations::{}::{name}", resource.module);
                writer.line(&[&former], format!("let _: {former} = {};", any(&path)));
            }
            AliasTarget::Function(name) => {
                let mut operations = resource.operations.iter();
                if let Some(operation) = operations.find(|operation| operation.function == *name) {
                    let call = Call {
                        api: writer.api,
                        module: &resource.module,
                        operation,
                    };
                    requested(writer, call, &former, false);
                }
            }
        }
    }
}

/// Returns the arguments of an operation.
fn all(call: Call<'_>) -> impl Iterator<Item = Argument<'_>> {
    let parameters = call.operation.parameters.iter().map(Argument::Parameter);
    parameters.chain(call.operation.body.iter().map(Argument::Body))
}

fn is_text(argument: Argument<'_>) -> bool {
    match argument {
        Argument::Body(body) if matches!(body.content, Content::Text) => true,
        _ => argument.model_type() == Some(&Type::String),
    }
}

/// Returns a value of an argument.
fn value(writer: &Writer<'_>, call: Call<'_>, argument: Argument<'_>) -> String {
    match argument.model_type() {
        Some(Type::Nullable(inner)) if !argument.is_given() => writer.given(inner),
        Some(type_) => writer.given(type_),
        None => any(&call.argument_type(argument)),
    }
}

/// Writes the statement that calls a function with what it requires, texts as literals or not.
fn requested(writer: &mut Writer<'_>, call: Call<'_>, function: &str, has_literals: bool) {
    let path = call.path();
    let given = |writer: &Writer<'_>, is_in_path: bool| -> Vec<(String, String)> {
        let given = all(call).filter(|argument| argument.is_given() && argument.is_in_path() == is_in_path);
        let value = |argument: Argument<'_>| {
            let is_literal = has_literals && is_text(argument) && (is_in_path || call.operation.required.is_none());
            let value = if is_literal {
                "\"text\"".to_owned()
            } else {
                value(writer, call, argument)
            };
            (argument.name().to_owned(), value)
        };
        given.map(value).collect()
    };
    let by_position = arguments(None, &given(writer, true));
    let others = given(writer, false);
    let structure = call
        .operation
        .required
        .as_ref()
        .map(|required| call.item(&required.type_.name));
    let others = arguments(structure, &others);
    let both: Vec<&str> = [by_position.as_str(), others.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let text = format!(
        "let _: {} = {function}({});",
        call.item(&call.operation.request_type),
        both.join(", ")
    );
    let items: Vec<String> = all(call)
        .filter(|argument| argument.is_given())
        .map(|argument| format!("{path}::{}", argument.name()))
        .collect();
    let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
    items.extend([path.as_str(), function]);
    writer.add(&items, Use::Arguments, false, text);
}

/// Writes the statements that make a request.
fn of_request(writer: &mut Writer<'_>, call: Call<'_>) {
    let path = call.path();
    let type_ = call.item(&call.operation.request_type);
    let request = any(&type_);
    requested(writer, call, &path, false);
    if all(call).any(|argument| argument.is_given() && is_text(argument)) {
        requested(writer, call, &path, true);
    }
    for argument in all(call).filter(|argument| !argument.is_given() && argument.constant().is_none()) {
        let name = argument.name();
        let item = format!("{path}::{name}");
        let given = value(writer, call, argument);
        writer.line(&[&path, &item], format!("let _: {type_} = {request}.{name}({given});"));
        if is_text(argument) {
            writer.line(&[&path, &item], format!("let _: {type_} = {request}.{name}(\"text\");"));
        }
    }
    for parameter in &call.operation.parameters {
        let item = format!("{path}::{}", parameter.field);
        default(writer, &type_, &[&path, &item], parameter.default.as_ref());
    }
}

/// Returns the type of the content of a response as the statement names it.
fn payload(writer: &Writer<'_>, payload: Option<&Payload>) -> String {
    match payload {
        Some(Payload::Json(type_, _)) => writer.type_(type_),
        other => lines::payload(writer.api, other),
    }
}

/// Returns the type of successes as the statement names it.
fn success(writer: &Writer<'_>, call: Call<'_>, responses: &Responses) -> String {
    match (&responses.enum_name, responses.cases.first()) {
        (Some(name), _) => call.item(name),
        (None, Some(response)) => payload(writer, response.payload.as_ref()),
        (None, None) => "()".to_owned(),
    }
}

/// Writes the statements that send a request and take its outcome.
fn of_responses(writer: &mut Writer<'_>, call: Call<'_>) {
    let path = call.path();
    let operation = call.operation;
    let request = any(&call.item(&operation.request_type));
    sent(writer, call, &path, &request, &operation.success);
    cases(writer, call, &path, &operation.success);
    cases(writer, call, &path, &operation.failure);
    if let Some(headers) = &operation.headers {
        let type_ = format!("{}<'static>", call.item(&headers.name));
        if let Some(set) = &headers.set {
            let set = format!("responses::{set}");
            writer.line(&[&path, &set], format!("let _: {set}<'static> = {};", any(&type_)));
        }
        for header in &headers.headers {
            let item = format!("{path}::{}", header.method);
            let of = writer.type_(&header.type_);
            writer.line(
                &[&path, &item],
                format!(
                    "let _: Option<{of}> = {}.{}().ok().unwrap();",
                    any(&type_),
                    header.method
                ),
            );
        }
    }
}

/// Writes the statement that sends a request.
fn sent(writer: &mut Writer<'_>, call: Call<'_>, path: &str, request: &str, responses: &Responses) {
    let operation = call.operation;
    let failure = operation.failure.enum_name.as_ref();
    let failure = failure.map_or_else(|| "runtime::NoFailure".to_owned(), |name| call.item(name));
    let items: Vec<String> = responses
        .cases
        .iter()
        .chain(&operation.failure.cases)
        .map(|response| format!("{path}::{}", response.variant))
        .collect();
    let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
    let own = call.path();
    items.extend([path, own.as_str()]);
    let success = success(writer, call, responses);
    let text =
        format!("let _: runtime::Sending<'static, {success}, {failure}> = {request}.send(any::<&'static Client>());");
    writer.add(&items, Use::Outcome, false, text);
}

/// Writes the statements that tell responses apart.
fn cases(writer: &mut Writer<'_>, call: Call<'_>, path: &str, responses: &Responses) {
    let Some(name) = responses.enum_name.as_ref().map(|name| call.item(name)) else {
        return;
    };
    let item = |variant: &str| format!("{path}::{variant}");
    let items: Vec<String> = responses.cases.iter().map(|response| item(&response.variant)).collect();
    writer.hold(&name, &items);
    for (response, item) in responses.cases.iter().zip(&items) {
        let variant = format!("{name}::{}", response.variant);
        let text = match &response.payload {
            Some(content) => {
                let type_ = payload(writer, Some(content));
                format!(
                    "match {} {{ {variant}(inner) => {{ let _: {type_} = inner; }} _ => {{}} }}",
                    any(&name)
                )
            }
            None => format!("let _ = matches!({}, {variant});", any(&name)),
        };
        writer.line(&[path, item, &name], text);
    }
    if let Some(set) = &responses.set {
        let set = format!("responses::{set}");
        let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
        items.extend([path, set.as_str(), &name]);
        writer.line(&items, format!("let _: {set} = {};", any(&name)));
    }
}

/// Writes the statements about other media types, streams and pages.
fn of_others(writer: &mut Writer<'_>, call: Call<'_>) {
    let path = call.path();
    let operation = call.operation;
    let type_ = call.item(&operation.request_type);
    let request = any(&type_);
    for stream in &operation.streams {
        streamed(writer, &[&path], (&type_, &request), stream);
    }
    for other in &operation.alternatives {
        let item = format!("{path}::{}", other.method);
        let type_ = call.item(&other.type_name);
        let made = format!("{request}.{}()", other.method);
        writer.line(&[&path, &item], format!("let _: {type_} = {made};"));
        sent(writer, call, &item, &made, &other.success);
        cases(writer, call, &item, &other.success);
        if let Some(stream) = &other.stream {
            streamed(writer, &[&path, &item], (&type_, &made), stream);
        }
    }
    if let Some(paging) = &operation.paging {
        let client = "any::<&'static Client>()";
        writer.line(
            &[&path],
            format!("let _: runtime::Pages<runtime::AsyncClient, {type_}> = {request}.pages({client});"),
        );
        let item = writer.type_(&paging.item);
        writer.line(
            &[&path],
            format!(
                "let _ = async {{ let _: {item} = {request}.items({client}).next().await.unwrap().ok().unwrap(); }};"
            ),
        );
    }
}

/// Writes the statement that takes a response while it comes in.
fn streamed(writer: &mut Writer<'_>, items: &[&str], (type_, request): (&str, &str), stream: &Stream) {
    let (method, given) = match stream {
        Stream::Bytes(_) => ("stream", "runtime::ByteStream".to_owned()),
        Stream::Lines { type_, .. } => ("lines", format!("runtime::JsonLines<{}>", writer.type_(type_))),
        Stream::Events { type_: of, .. } => ("events", format!("runtime::Events<{type_}, {}>", writer.type_(of))),
    };
    writer.line(
        items,
        format!(
            "let _ = async {{ let _: runtime::ResponseValue<{given}> = {request}.{method}(any::<&'static Client>()).await.ok().unwrap(); }};"
        ),
    );
}

/// Returns the type of the value of a part.
fn part_type(writer: &Writer<'_>, part: &Part) -> String {
    match &part.content {
        PartContent::Value(type_, _) => writer.type_(type_),
        PartContent::File { is_list: true, .. } => "Vec<runtime::Upload>".to_owned(),
        PartContent::File { .. } => "runtime::Upload".to_owned(),
    }
}

/// Writes the statements about a body that is sent as parts.
fn of_parts(writer: &mut Writer<'_>, call: Call<'_>, parts: &Parts) {
    let Some(body) = &call.operation.body else { return };
    let (path, type_) = (call.path(), call.item(&parts.name));
    let at = format!("{path}::{}", body.field);
    let value = any(&type_);
    let given: Vec<(String, String)> = parts
        .given()
        .map(|part| (part.field.clone(), any(&part_type(writer, part))))
        .collect();
    let items: Vec<String> = parts.given().map(|part| format!("{at}::{}", part.field)).collect();
    let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
    items.extend([path.as_str(), at.as_str()]);
    let structure = parts.required.as_ref().map(|required| call.item(&required.name));
    let given = if parts.derives.has(Derive::Default) {
        String::new()
    } else {
        arguments(structure, &given)
    };
    writer.add(
        &items,
        Use::Arguments,
        false,
        format!("let _: {type_} = {type_}::new({given});"),
    );
    for part in &parts.parts {
        let (item, name) = (format!("{at}::{}", part.field), &part.field);
        let items = [path.as_str(), at.as_str(), item.as_str()];
        let is_list = matches!(part.content, PartContent::File { is_list: true, .. });
        let of = part_type(writer, part);
        let field = if part.required || is_list {
            of.clone()
        } else {
            format!("Option<{of}>")
        };
        writer.line(&items, format!("let _: {field} = {value}.{name};"));
        if !part.required {
            let of = part_type(writer, part);
            writer.line(&items, format!("let _: {type_} = {value}.{name}({});", any(&of)));
        }
        for header in &part.headers {
            let of = writer.type_(&header.type_);
            writer.line(&items, format!("let _: Option<{of}> = {value}.{};", header.field));
            let of = writer.given(&header.type_);
            writer.line(&items, format!("let _: {type_} = {value}.{}({of});", header.field));
        }
    }
    writer.line(
        &[&path, &at],
        format!(
            "let _: {type_} = {value}.{}(\"name\", any::<runtime::Upload>());",
            parts.add
        ),
    );
    writer.line(
        &[&path, &at],
        format!("let _: Vec<(String, runtime::Upload)> = {value}.{};", parts.other),
    );
}
