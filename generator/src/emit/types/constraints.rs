//! Schemas as statics of the emitted crate.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::Item;

use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::object;
use crate::model::{Argument, Assertion, Constraints, JsonTypes, Named, Pattern, TypeId};

/// The keywords of a schema around the one that a declaration has as its fields or values.
pub(in crate::emit) struct Around<'api> {
    before: &'api [Assertion],
    /// The keyword itself, if there is one.
    pub(in crate::emit) own: Option<&'api Assertion>,
    after: &'api [Assertion],
    /// Whether the declaration says which properties are required.
    is_required_said: bool,
}

impl<'api> Around<'api> {
    /// Finds the only keyword that `is_own`; returns none if there are several.
    pub(in crate::emit) fn find(constraints: &'api Constraints, is_own: fn(&Assertion) -> bool) -> Option<Self> {
        let keywords = constraints.0.as_slice();
        let Some(index) = keywords.iter().position(is_own) else {
            return Some(Self {
                before: keywords,
                own: None,
                after: &[],
                is_required_said: false,
            });
        };
        let (before, rest) = keywords.split_at(index);
        let (own, after) = rest.split_first()?;
        (!after.iter().any(is_own)).then_some(Self {
            before,
            own: Some(own),
            after,
            is_required_said: false,
        })
    }

    /// Returns whether there are none.
    pub(in crate::emit) fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Leaves `required` to the declaration, if there is one and it lists the `names`, in any order. Returns whether it does.
    pub(in crate::emit) fn leave_required(&mut self, mut names: Vec<&str>) -> bool {
        let mut lists = self
            .before
            .iter()
            .chain(self.after)
            .filter_map(|assertion| match assertion {
                Assertion::Required(names) => Some(names),
                _ => None,
            });
        let (Some(list), None) = (lists.next(), lists.next()) else {
            return false;
        };
        let mut list: Vec<&str> = list.iter().map(String::as_str).collect();
        list.sort_unstable();
        names.sort_unstable();
        self.is_required_said = list == names;
        self.is_required_said
    }

    /// Returns the keywords in brackets, as a declaration has them behind the name of the static.
    pub(in crate::emit) fn brackets(&self, scope: &Scope<'_>) -> TokenStream {
        let written = |keywords: &[Assertion]| {
            let is_said = |assertion: &Assertion| self.is_required_said && matches!(assertion, Assertion::Required(_));
            let keywords = keywords.iter().filter(|assertion| !is_said(assertion));
            let keywords = keywords.map(|assertion| keyword(scope, assertion));
            quote!(#(#keywords),*)
        };
        let (before, after) = (written(self.before), written(self.after));
        let separator = (!after.is_empty()).then(|| quote!(;));
        quote!([#before #separator #after])
    }
}

/// Returns the statics with the schemas of the types.
pub(in crate::emit) fn statics(scope: &Scope<'_>, ids: &[TypeId]) -> Vec<Item> {
    let types = ids.iter().map(|id| scope.api.named(*id));
    types
        .filter(|named| named.has_static && !object::declares_schema(named))
        .map(|named| static_item(scope, named))
        .collect()
}

/// Returns the tokens of a static: nothing asks for its parts, and its expression is large.
fn static_item(scope: &Scope<'_>, named: &Named) -> Item {
    let name = ident(&named.static_name);
    let (type_, schema) = (scope.codegen("Schema"), schema(scope, &named.constraints));
    let allowance = named
        .may_static_be_unused
        .then(|| quote!(#[allow(dead_code, reason = "only some features refer to it")]));
    Item::Verbatim(quote!(#allowance pub(crate) static #name: #type_ = #schema;))
}

/// Returns an expression for a reference to a schema.
pub(in crate::emit) fn reference(scope: &Scope<'_>, constraints: &Constraints) -> TokenStream {
    if let [Assertion::Reference(id)] = constraints.0.as_slice() {
        let path = scope.static_of(*id);
        return quote!(&#path);
    }
    // One schema under `allOf` is that schema.
    if let [Assertion::AllOf(schemas)] = constraints.0.as_slice()
        && let [only] = schemas.as_slice()
    {
        return reference(scope, only);
    }
    if let Some(name) = constant(constraints) {
        let type_ = scope.codegen("Schema");
        return quote!(#type_::#name);
    }
    let schema = schema(scope, constraints);
    quote!(&#schema)
}

fn schema(scope: &Scope<'_>, constraints: &Constraints) -> TokenStream {
    let (type_, keywords) = (scope.codegen("Schema"), keywords(scope, &constraints.0));
    quote!(#type_(&[#(#keywords),*]))
}

/// Returns the keywords of a schema. An array and its elements are one keyword.
fn keywords(scope: &Scope<'_>, assertions: &[Assertion]) -> Vec<TokenStream> {
    let has_prefix = assertions
        .iter()
        .any(|assertion| matches!(assertion, Assertion::PrefixItems(_)));
    let mut keywords = Vec::with_capacity(assertions.len());
    let mut rest = assertions;
    while let [first, others @ ..] = rest {
        rest = others;
        if let (Assertion::Type(types), [Assertion::Items(items), others @ ..]) = (first, others)
            && let Some(variant) = array_of(*types).filter(|_| !has_prefix)
        {
            let (enum_, variant, items) = (scope.codegen("Keyword"), ident(variant), reference(scope, items));
            keywords.push(quote!(#enum_::#variant(#items)));
            rest = others;
        } else {
            keywords.push(keyword(scope, first));
        }
    }
    keywords
}

/// Returns the keyword of the runtime for an array with `items`, where the types are that, or that and `null`.
fn array_of(types: JsonTypes) -> Option<&'static str> {
    match types_name(types)?.0.as_str() {
        "ARRAY" => Some("ArrayOf"),
        "ARRAY_OR_NULL" => Some("ArrayOrNullOf"),
        _ => None,
    }
}

/// Returns the constant of the runtime for a schema that has one: a scalar type, or a string with a format, and nothing
/// else.
fn constant(constraints: &Constraints) -> Option<Ident> {
    const FORMATS: [(&str, &str); 16] = [
        ("Date", "DATE"),
        ("DateTime", "DATE_TIME"),
        ("Time", "TIME"),
        ("Duration", "DURATION"),
        ("Email", "EMAIL"),
        ("Hostname", "HOSTNAME"),
        ("Ipv4", "IPV4"),
        ("Ipv6", "IPV6"),
        ("Uri", "URI"),
        ("UriReference", "URI_REFERENCE"),
        ("Iri", "IRI"),
        ("IriReference", "IRI_REFERENCE"),
        ("UriTemplate", "URI_TEMPLATE"),
        ("Uuid", "UUID"),
        ("JsonPointer", "JSON_POINTER"),
        ("RelativeJsonPointer", "RELATIVE_JSON_POINTER"),
    ];
    let name = match constraints.0.as_slice() {
        [Assertion::Type(types)] => {
            let (name, _) = types_name(*types)?;
            (!name.starts_with("ARRAY") && !name.starts_with("OBJECT")).then_some(name)?
        }
        [Assertion::Type(types), Assertion::Format(format)] => {
            let (_, is_nullable) = types_name(*types).filter(|(name, _)| name.starts_with("STRING"))?;
            let (_, name) = FORMATS.iter().find(|(known, _)| known == format)?;
            if is_nullable {
                format!("{name}_OR_NULL")
            } else {
                (*name).to_owned()
            }
        }
        _ => return None,
    };
    Some(ident(&name))
}

/// Returns the name of the constant of the runtime for one JSON type, and for one or `null`, and whether it is that.
fn types_name(types: JsonTypes) -> Option<(String, bool)> {
    let is_nullable = types.has(JsonTypes::NULL);
    if types == JsonTypes::NULL {
        return Some(("NULL".to_owned(), is_nullable));
    }
    let mut names = types.iter().map(|(name, _)| name).filter(|name| *name != "null");
    let (Some(name), None) = (names.next(), names.next()) else {
        return None;
    };
    let name = name.to_uppercase();
    Some((if is_nullable { format!("{name}_OR_NULL") } else { name }, is_nullable))
}

/// Returns an expression for a keyword.
pub(in crate::emit) fn keyword(scope: &Scope<'_>, assertion: &Assertion) -> TokenStream {
    let (enum_, variant) = (scope.codegen("Keyword"), ident(assertion.name()));
    if let Assertion::Type(types) = assertion
        && let Some((name, _)) = types_name(*types)
    {
        let name = ident(&name);
        return quote!(#enum_::#name);
    }
    let arguments = assertion.arguments();
    match arguments.as_slice() {
        [] => quote!(#enum_::#variant),
        [(_, only)] => {
            let value = argument(scope, only);
            quote!(#enum_::#variant(#value))
        }
        several => {
            let fields = several.iter().map(|(name, value)| {
                let (field, value) = (ident(name), argument(scope, value));
                quote!(#field: #value)
            });
            quote!(#enum_::#variant { #(#fields),* })
        }
    }
}

/// Returns an expression for an argument of a keyword.
fn argument(scope: &Scope<'_>, value: &Argument<'_>) -> TokenStream {
    match value {
        Argument::Count(count) => Literal::u64_unsuffixed(*count).into_token_stream(),
        Argument::Index(index) => Literal::usize_unsuffixed(*index).into_token_stream(),
        Argument::Text(text) => quote!(#text),
        Argument::Types(types) => json_types(scope, *types),
        Argument::Pattern(one) => pattern(scope, one),
        Argument::Format(format) => {
            let (enum_, format) = (scope.codegen("Format"), ident(format));
            quote!(#enum_::#format)
        }
        Argument::Named(id) => {
            let path = scope.static_of(*id);
            quote!(&#path)
        }
        Argument::Schema(constraints) => reference(scope, constraints),
        Argument::Keyword(assertion) => {
            let keyword = keyword(scope, assertion);
            quote!(&#keyword)
        }
        Argument::Optional(None) => quote!(None),
        Argument::Optional(Some(value)) => {
            let value = argument(scope, value);
            quote!(Some(#value))
        }
        Argument::List(values) => {
            let values = values.iter().map(|value| argument(scope, value));
            quote!(&[#(#values),*])
        }
        Argument::Pair(pair) => {
            let (first, second) = (argument(scope, &pair.0), argument(scope, &pair.1));
            quote!((#first, #second))
        }
    }
}

fn json_types(scope: &Scope<'_>, types: JsonTypes) -> TokenStream {
    let set = scope.codegen("Types");
    let mut names = types.iter().map(|(name, _)| ident(&name.to_uppercase()));
    let Some(first) = names.next() else {
        return quote!(#set::NONE);
    };
    names.fold(quote!(#set::#first), |known, name| quote!(#known.or(#set::#name)))
}

fn pattern(scope: &Scope<'_>, pattern: &Pattern) -> TokenStream {
    let source = &pattern.source;
    let Some((runs, to_end)) = &pattern.runs else {
        return quote!(codegen::engine!(#source));
    };
    let (type_, run_type) = (scope.codegen("Pattern"), scope.codegen("Run"));
    let runs = runs.iter().map(|run| {
        let pairs: Vec<u8> = run.class.iter().flat_map(|(low, high)| [*low, *high]).collect();
        let (class, min) = (Literal::byte_string(&pairs), Literal::u32_unsuffixed(run.min));
        let max = Literal::u32_unsuffixed(run.max);
        let max = if run.max == u32::MAX {
            quote!(u32::MAX)
        } else {
            quote!(#max)
        };
        quote!(#run_type::new(#class, #min, #max))
    });
    quote!(#type_::of_runs(#source, &[#(#runs),*], #to_end))
}

#[cfg(test)]
mod tests {
    use syn::{Fields, GenericArgument, Item, PathArguments, Type, parse_quote};

    use crate::model::Assertion;

    /// Keywords by name, each with its arguments: the names of fields, and the types that the model has for them.
    type Keywords = Vec<(String, Vec<(Option<String>, Type)>)>;

    /// Returns the type that an argument has in the model, for that of the runtime.
    fn of_model(type_: &Type) -> Type {
        match type_ {
            Type::Reference(reference) => match &*reference.elem {
                Type::Slice(slice) => {
                    let element = of_model(&slice.elem);
                    parse_quote!(Vec<#element>)
                }
                target if *target == parse_quote!(Keyword) => parse_quote!(Box<Assertion>),
                target => of_model(target),
            },
            Type::Tuple(tuple) => {
                let elements = tuple.elems.iter().map(of_model);
                parse_quote!((#(#elements),*))
            }
            Type::Path(path) => {
                let last = path.path.segments.last().unwrap();
                if let PathArguments::AngleBracketed(arguments) = &last.arguments {
                    let Some(GenericArgument::Type(inner)) = arguments.args.first() else {
                        panic!("{} has a type as its argument", last.ident);
                    };
                    let (name, inner) = (&last.ident, of_model(inner));
                    return parse_quote!(#name<#inner>);
                }
                match last.ident.to_string().as_str() {
                    "str" => parse_quote!(String),
                    "Schema" => parse_quote!(Constraints),
                    "Types" => parse_quote!(JsonTypes),
                    _ => type_.clone(),
                }
            }
            other => panic!("an argument of a keyword has a type that this test does not know: {other:?}"),
        }
    }

    /// The keywords of the runtime that stand for two.
    const SHORT: [&str; 2] = ["ArrayOf", "ArrayOrNullOf"];

    #[test]
    fn the_runtime_has_the_keywords_of_the_model() {
        let runtime = syn::parse_file(include_str!("../../../runtime/src/schema/keywords.rs")).unwrap();
        let keywords = runtime.items.into_iter().find_map(|item| match item {
            Item::Enum(item) if item.ident == "Keyword" => Some(item),
            _ => None,
        });
        let variants = keywords.unwrap().variants;
        let of_runtime: Keywords = variants
            .iter()
            .filter(|variant| !SHORT.iter().any(|short| variant.ident == short))
            .map(|variant| {
                let fields = variant.fields.iter().map(|field| {
                    let name = field.ident.as_ref().map(ToString::to_string);
                    // The model refers to a type, the runtime to the schema of the type.
                    let is_reference = variant.ident == "Reference";
                    let type_ = if is_reference {
                        parse_quote!(TypeId)
                    } else {
                        of_model(&field.ty)
                    };
                    (name, type_)
                });
                assert!(!matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() > 1));
                (variant.ident.to_string(), fields.collect())
            })
            .collect();
        let of_model: Keywords = Assertion::KEYWORDS
            .iter()
            .map(|(keyword, arguments)| {
                let is_struct = arguments.len() > 1;
                let arguments = arguments.iter().map(|(name, type_)| {
                    let name = is_struct.then(|| (*name).to_owned());
                    (name, syn::parse_str(type_).unwrap())
                });
                ((*keyword).to_owned(), arguments.collect())
            })
            .collect();
        assert_eq!(of_runtime, of_model);
    }
}
