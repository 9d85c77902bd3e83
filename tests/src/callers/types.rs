//! Statements about types: what builds values, reads them and tells them apart.

use generator::unstable::model::{
    DefaultConstant, Object, Presence, Property, RequiredStruct, StringEnum, Tuple, Union,
};
use generator::unstable::{Conversion, Derive, Named, Shape, Type, lines};

use super::writer::{Use, Writer, any, arguments};

/// Writes the statements about a type.
pub(super) fn lines(writer: &mut Writer<'_>, named: &Named) {
    let path = lines::path(named);
    writer.about(&path);
    writer.line(&[&path], format!("let _: {path} = any();"));
    match &named.shape {
        Shape::Object(object) => of_object(writer, &path, named, object),
        Shape::Tuple(tuple) => of_tuple(writer, &path, named, tuple),
        Shape::StringEnum(shape) => of_enum(writer, &path, shape),
        Shape::Union(union) => of_union(writer, &path, union),
        Shape::CheckedString { .. } => writer.line(&[&path], format!("let _: &str = {}.as_str();", any(&path))),
        Shape::Wrapper(Type::String) => writer.line(&[&path], format!("let _: &str = &{};", any(&path))),
        Shape::Wrapper(inner) => {
            let type_ = writer.type_(inner);
            writer.line(&[&path], format!("let _: &{type_} = &*{};", any(&path)));
        }
        Shape::Alias(type_) => {
            let value = writer.any(type_);
            writer.line(&[&path], format!("let _: {path} = {value};"));
            let type_ = writer.type_(type_);
            writer.line(&[&path], format!("let _: {type_} = {};", any(&path)));
        }
    }
    for conversion in &named.conversions {
        let trait_ = lines::conversion(conversion, &|id| writer.path(id));
        let function = match conversion {
            Conversion::From(_) | Conversion::Variant(..) => "from",
            Conversion::TryFrom(_) => "try_from",
            Conversion::Into(_) => "into",
        };
        writer.line(&[&path], format!("let _ = <{path} as {trait_}>::{function}(any());"));
    }
    // What the type of an alias implements is that type's own.
    if !matches!(named.shape, Shape::Alias(_)) {
        for derive in named.derives.iter() {
            let name = match derive {
                Derive::Hash => "std::hash::Hash",
                Derive::Debug => "std::fmt::Debug",
                other => other.name(),
            };
            writer.line(
                &[&path],
                format!("{{ fn implements<T: {name}>() {{}} implements::<{path}>(); }}"),
            );
        }
    }
    for former in &named.former {
        let former = format!("{}::{}", named.module.rust_path(), former.name);
        writer.line(&[&former], format!("let _: {former} = {};", any(&path)));
    }
}

fn of_object(writer: &mut Writer<'_>, path: &str, named: &Named, object: &Object) {
    let given: Vec<&Property> = object.given().collect();
    constructor(writer, path, named, object.required.as_ref(), &given);
    for property in &object.properties {
        field(writer, path, named, property);
    }
    let unknown = &object.other;
    writer.line(
        &[path],
        format!("let _: runtime::Map<runtime::Json> = {}.{unknown};", any(path)),
    );
    if let Some(value) = &object.non_object {
        writer.line(
            &[path],
            format!("let _: Option<Box<runtime::Json>> = {}.{value};", any(path)),
        );
    }
    let Some(additional) = &object.additional_properties else {
        return;
    };
    let type_ = writer.type_(&additional.type_);
    writer.line(
        &[path],
        format!("let _: runtime::Map<{type_}> = {}.{};", any(path), additional.field),
    );
    let type_ = writer.type_(&additional.type_);
    writer.line(
        &[path],
        format!("let _: Option<&{type_}> = any::<&{path}>().get(\"name\");"),
    );
    let value = writer.given(&additional.type_);
    let text = format!("let _: {path} = {}.entry(\"name\", {value});", any(path));
    writer.add(&[path], Use::Plain, !named.is_input, text);
    if object.properties.is_empty() {
        let type_ = writer.type_(&additional.type_);
        writer.line(&[path], format!("let _: &runtime::Map<{type_}> = any::<&{path}>();"));
        let type_ = writer.type_(&additional.type_);
        let text = format!("let _: {path} = any::<Vec<(String, {type_})>>().into_iter().collect();");
        writer.add(&[path], Use::Plain, !named.is_input, text);
    }
}

fn of_tuple(writer: &mut Writer<'_>, path: &str, named: &Named, tuple: &Tuple) {
    let given: Vec<&Property> = tuple.given().collect();
    constructor(writer, path, named, tuple.required.as_ref(), &given);
    for element in &tuple.elements {
        field(writer, path, named, element);
    }
    let rest = format!("{path}::{}", tuple.rest.field);
    let type_ = writer.type_(&tuple.rest.type_);
    writer.line(
        &[path, &rest],
        format!("let _: Vec<{type_}> = {}.{};", any(path), tuple.rest.field),
    );
}

/// Writes the statement that makes a value from what is required.
fn constructor(
    writer: &mut Writer<'_>,
    path: &str,
    named: &Named,
    required: Option<&RequiredStruct>,
    given: &[&Property],
) {
    let fields: Vec<(String, String)> = given
        .iter()
        .map(|property| (property.field.clone(), writer.given(&property.type_)))
        .collect();
    let structure = required.map(|required| format!("{}::{}", named.module.rust_path(), required.name));
    let arguments = arguments(structure, &fields);
    let items: Vec<String> = given
        .iter()
        .map(|property| format!("{path}::{}", property.field))
        .collect();
    let items: Vec<&str> = [path].into_iter().chain(items.iter().map(String::as_str)).collect();
    let is_test = !named.is_input;
    writer.add(
        &items,
        Use::Arguments,
        is_test,
        format!("let _: {path} = {path}::new({arguments});"),
    );
}

/// Writes the statements that read a field and set it.
fn field(writer: &mut Writer<'_>, path: &str, named: &Named, property: &Property) {
    let item = format!("{path}::{}", property.field);
    let items = [path, item.as_str()];
    let (value, name) = (any(path), &property.field);
    let type_ = lines::field_type(property.presence, &writer.type_(&property.type_));
    writer.line(&items, format!("let _: {type_} = {value}.{name};"));
    if property.presence != Presence::Required {
        let given = match property.presence {
            Presence::Maybe => writer.any(&property.type_),
            _ => writer.given(&property.type_),
        };
        let text = format!("let _: {path} = {value}.{name}({given});");
        writer.add(&items, Use::Plain, !named.is_input, text);
        if property.type_ == Type::String {
            let text = format!("let _: {path} = {value}.{name}(\"text\");");
            writer.add(&items, Use::Plain, !named.is_input, text);
        }
    }
    default(writer, path, &items, property.default.as_ref());
}

/// Writes the statement that takes the constant for a default.
pub(super) fn default(writer: &mut Writer<'_>, owner: &str, items: &[&str], default: Option<&DefaultConstant>) {
    if let Some(default) = default {
        let type_ = lines::default_type(writer.api, default);
        writer.line(items, format!("let _: {type_} = {owner}::{};", default.name));
    }
}

fn of_enum(writer: &mut Writer<'_>, path: &str, shape: &StringEnum) {
    for value in &shape.values {
        let item = format!("{path}::{}", value.variant);
        writer.line(
            &[path, &item],
            format!("let _ = match {item} {{ {item} => true, _ => false }};"),
        );
    }
    writer.line(
        &[path],
        format!("let _ = matches!({}, {path}::{}(_));", any(path), shape.unknown),
    );
    writer.line(&[path], format!("let _: {path} = {path}::unknown(\"text\");"));
    writer.line(&[path], format!("let _: &str = any::<&{path}>().as_str();"));
    writer.line(&[path], format!("let _: {path} = \"text\".parse().ok().unwrap();"));
}

fn of_union(writer: &mut Writer<'_>, path: &str, union: &Union) {
    for variant in &union.variants {
        let item = format!("{path}::{}", variant.name);
        let value = writer.any(&variant.type_);
        writer.line(&[path, &item], format!("let _: {path} = {item}({value});"));
        let type_ = writer.type_(&variant.type_);
        writer.line(
            &[path, &item],
            format!(
                "match {} {{ {item}(inner) => {{ let _: {type_} = inner; }} _ => {{}} }}",
                any(path)
            ),
        );
    }
    writer.line(
        &[path],
        format!("let _ = matches!({}, {path}::{}(_));", any(path), union.unknown),
    );
}
