//! Lists that are asked for page by page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::model::{AccessStep, Api, Operation, Paging, PagingStyle, Parameter, Presence};

/// Returns whether any operation pages.
pub(in crate::emit) fn are_needed(api: &Api) -> bool {
    stylists(api).next().is_some()
}

/// Returns whether any operation pages by links.
pub(in crate::emit) fn need_links(api: &Api) -> bool {
    stylists(api).any(|paging| matches!(paging.style, PagingStyle::Link { .. }))
}

fn stylists(api: &Api) -> impl Iterator<Item = &Paging> {
    let operations = api.resources.iter().flat_map(|resource| &resource.operations);
    operations.filter_map(|operation| operation.paging.as_ref())
}

/// Returns the field of a request that keeps the query of the next page, where a link has it.
pub(in crate::emit) fn query_field(operation: &Operation) -> Option<syn::Ident> {
    match &operation.paging.as_ref()?.style {
        PagingStyle::Link { field } => Some(ident(field)),
        _ => None,
    }
}

/// Returns the methods of a request that pages.
pub(in crate::emit) fn methods(operation: &Operation) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let extent = extent(operation, paging);
    let pages = text::attributes(&[
        "Returns the pages of the list. See [`Pages`](runtime::Pages) for when it ends.".to_owned(),
        extent.clone(),
    ]);
    let items = text::attributes(&[
        "Returns the items of the list. The next page is requested after the last item of the previous one.".to_owned(),
        extent,
    ]);
    Some(quote! {
        #pages
        #[cfg(feature = "async")]
        pub fn pages(self, client: &crate::Client) -> runtime::Pages<runtime::AsyncClient, Self> {
            runtime::Pages::new(&client.0, self)
        }

        #items
        #[cfg(feature = "async")]
        pub fn items(self, client: &crate::Client) -> runtime::Items<runtime::AsyncClient, Self> {
            self.pages(client).items()
        }

        #pages
        #[cfg(feature = "blocking")]
        pub fn pages_blocking(
            self,
            client: &crate::BlockingClient,
        ) -> runtime::BlockingPages<runtime::BlockingClient, Self> {
            runtime::BlockingPages::new(&client.0, self)
        }

        #items
        #[cfg(feature = "blocking")]
        pub fn items_blocking(
            self,
            client: &crate::BlockingClient,
        ) -> runtime::BlockingItems<runtime::BlockingClient, Self> {
            self.pages_blocking(client).items()
        }
    })
}

/// Returns where a list starts, and how long its pages are.
fn extent(operation: &Operation, paging: &Paging) -> String {
    let parameter = match &paging.style {
        PagingStyle::Offset { parameter, .. }
        | PagingStyle::Page { parameter, .. }
        | PagingStyle::Cursor { parameter, .. } => Some(&operation.parameters[*parameter]),
        PagingStyle::Link { .. } => None,
    };
    let start = match parameter {
        None => "Starts with the page of this request.".to_owned(),
        Some(parameter) if parameter.required => {
            format!("Starts at {}.", text::literal(&parameter.wire))
        }
        Some(Parameter { field, .. }) => format!("Starts at [`{field}`](Self::{field})."),
    };
    let size = paging.size.as_ref();
    let size = size.map(|size| format!("\nA page has at most [`{size}`](Self::{size}) items."));
    start + &size.unwrap_or_default()
}

/// Returns how the request gives items, and becomes that of the next page.
pub(in crate::emit) fn paged(scope: &Scope<'_>, operation: &Operation) -> Option<Item> {
    let paging = operation.paging.as_ref()?;
    let (type_, item) = (ident(&operation.request_type), scope.type_(&paging.item));
    let (items, advance) = (taken(&paging.items), advance(operation, paging));
    Some(parse_quote! {
        impl codegen::Paged for #type_ {
            type Item = #item;

            fn take_items(page: Self::Success) -> Vec<Self::Item> {
                #items
            }

            fn advance(
                &mut self,
                page: &runtime::ResponseValue<Self::Success>,
                tracker: &mut codegen::PageTracker,
            ) -> Result<bool, runtime::PagingError> {
                #advance
            }
        }
    })
}

/// Returns how the request becomes that of the page behind `page`.
fn advance(operation: &Operation, paging: &Paging) -> TokenStream {
    // A page may have a property of any name, so it is not spoken to through what it came in.
    let list = quote!(let list: &Self::Success = page;);
    let items = slice(&paging.items);
    let (prepare, next, change) = match &paging.style {
        PagingStyle::Link { field } => {
            let field = ident(field);
            let next = quote!(tracker.by_link(&*self, page.headers()));
            (TokenStream::new(), next, quote!(self.#field = Some(next);))
        }
        PagingStyle::Offset { parameter, total } => {
            let total = value(total.as_deref());
            let (sent, change) = position(&operation.parameters[*parameter]);
            let next = quote!(tracker.by_offset(#sent, items, total, page.body()));
            let prepare = quote!(#list let items = #items; let total = #total;);
            (prepare, next, change)
        }
        PagingStyle::Page {
            parameter,
            first,
            total,
        } => {
            let (total, first) = (value(total.as_deref()), Literal::u64_unsuffixed(*first));
            let (sent, change) = position(&operation.parameters[*parameter]);
            let next = quote!(tracker.by_page(#sent, #first, items, total, page.body()));
            let prepare = quote!(#list let items = #items; let total = #total;);
            (prepare, next, change)
        }
        PagingStyle::Cursor { parameter, next, more } => {
            let (next, more) = (value(Some(next)), value(more.as_deref()));
            let (sent, change) = position(&operation.parameters[*parameter]);
            let prepare = quote!(#list let next = #next; let more = #more;);
            (prepare, quote!(tracker.by_cursor(#sent, next, more)), change)
        }
    };
    quote! {
        #prepare
        let Some(next) = #next? else {
            return Ok(false);
        };
        #change
        Ok(true)
    }
}

/// Returns what a parameter was sent with, and what sets it.
fn position(parameter: &Parameter) -> (TokenStream, TokenStream) {
    let field = ident(&parameter.field);
    if parameter.required {
        (quote!(Some(&self.#field)), quote!(self.#field = next;))
    } else {
        (quote!(self.#field.as_ref()), quote!(self.#field = Some(next);))
    }
}

/// An expression for a value on an access path.
struct Access {
    value: TokenStream,
    /// Whether it is an `Option` of what was reached.
    is_optional: bool,
}

impl Access {
    /// Goes on to what `value` makes of what was reached.
    fn map(self, value: impl Fn(TokenStream) -> TokenStream) -> Self {
        let Self {
            value: from,
            is_optional,
        } = self;
        if is_optional {
            let value = value(quote!(value));
            return Self {
                value: quote!(#from.map(|value| #value)),
                is_optional,
            };
        }
        Self {
            value: value(from),
            is_optional,
        }
    }

    /// Goes on to the `Option` that `value` makes of what was reached.
    fn and_then(self, value: impl Fn(TokenStream) -> TokenStream) -> Self {
        let Self {
            value: from,
            is_optional,
        } = self;
        if is_optional {
            let value = value(quote!(value));
            return Self {
                value: quote!(#from.and_then(|value| #value)),
                is_optional,
            };
        }
        Self {
            value: value(from),
            is_optional: true,
        }
    }
}

/// Returns the items of the page `page`, taken out of it.
fn taken(access_path: &[AccessStep]) -> TokenStream {
    let mut reached = Access {
        value: quote!(page),
        is_optional: false,
    };
    for step in access_path {
        reached = match step {
            AccessStep::Inner => reached.map(|from| quote!(#from.0)),
            AccessStep::NotNull if reached.is_optional => {
                let value = reached.value;
                Access {
                    value: quote!(#value.flatten()),
                    is_optional: true,
                }
            }
            AccessStep::NotNull => reached.and_then(|from| from),
            AccessStep::Property { field, presence } => {
                let field = ident(field);
                match presence {
                    Presence::Required => reached.map(|from| quote!(#from.#field)),
                    Presence::Optional => reached.and_then(|from| quote!(#from.#field)),
                    Presence::Maybe => reached.and_then(|from| quote!(#from.#field.into_value())),
                }
            }
        };
    }
    let Access { value, is_optional } = reached;
    if is_optional {
        quote!(#value.unwrap_or_default())
    } else {
        value
    }
}

/// The form of the value at the end of an access path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Reference,
    Slice,
}

/// Returns the expression of an access path through `list`.
fn reached(access_path: &[AccessStep], end: End) -> Access {
    let mut reached = Access {
        value: quote!(list),
        is_optional: false,
    };
    for (index, step) in access_path.iter().enumerate() {
        let is_last = index + 1 == access_path.len();
        let is_slice = is_last && end == End::Slice;
        // What is reached within an `Option` has to be a reference; else only the last step makes one.
        let is_borrowed = reached.is_optional || is_last;
        let borrow = |value: TokenStream| match (is_slice, is_borrowed) {
            (true, _) => quote!(#value.as_slice()),
            (false, true) => quote!(&#value),
            (false, false) => value,
        };
        let opened = |value: TokenStream| {
            if is_slice {
                quote!(#value.as_deref())
            } else {
                quote!(#value.as_ref())
            }
        };
        reached = match step {
            AccessStep::Inner => reached.map(|from| borrow(quote!(#from.0))),
            AccessStep::NotNull if reached.is_optional => {
                let open = if is_slice {
                    quote!(Option::as_deref)
                } else {
                    quote!(Option::as_ref)
                };
                let value = reached.value;
                Access {
                    value: quote!(#value.and_then(#open)),
                    is_optional: true,
                }
            }
            AccessStep::NotNull => reached.and_then(opened),
            AccessStep::Property { field, presence } => {
                let field = ident(field);
                match presence {
                    Presence::Required => reached.map(|from| borrow(quote!(#from.#field))),
                    Presence::Optional => reached.and_then(|from| opened(quote!(#from.#field))),
                    Presence::Maybe => {
                        let slice = is_slice.then(|| quote!(.map(Vec::as_slice)));
                        reached.and_then(|from| quote!(#from.#field.value() #slice))
                    }
                }
            }
        };
    }
    reached
}

/// Returns the items of the page `list` as a slice.
fn slice(access_path: &[AccessStep]) -> TokenStream {
    let Access { value, is_optional } = reached(access_path, End::Slice);
    if is_optional {
        quote!(#value.unwrap_or_default())
    } else {
        value
    }
}

/// Returns the value of an access path through `list` as an argument, if there is one.
fn value(access_path: Option<&[AccessStep]>) -> TokenStream {
    let Some(access_path) = access_path else {
        return quote!(None);
    };
    let Access { value, is_optional } = reached(access_path, End::Reference);
    if is_optional {
        quote!(codegen::optional(#value))
    } else {
        quote!(codegen::required(#value))
    }
}
