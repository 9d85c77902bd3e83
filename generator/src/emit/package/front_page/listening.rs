//! The sections about lists that are requested page by page, and about bodies that are read while they are received.

use quote::quote;

use crate::emit::package::front_page::request::Request;
use crate::emit::package::front_page::snippet::Snippet;
use crate::emit::package::front_page::{Page, section as titled};
use crate::emit::scope::paths::ident;
use crate::model::{Operation, Stream};

/// Returns the section about pages, if an operation has them.
pub(super) fn pages(page: &Page<'_>) -> Option<String> {
    let request = page.find(|operation| operation.paging.is_some())?;
    let made = request.made();
    let code = start(&request).shown(
        "",
        quote! {
            let mut items = #made.items(&client);
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        },
    );
    Some(titled(
        "Pages",
        &[
            "`items` requests a list page by page, and `pages` returns the pages themselves. Both are streams; \
             `items_blocking` and `pages_blocking` are iterators."
                .to_owned(),
            code.fenced(),
        ],
    ))
}

/// Returns the section about streams, if an operation has one: an example of each kind.
pub(super) fn streams(page: &Page<'_>) -> Option<String> {
    let kinds: [fn(&Stream) -> bool; 3] = [
        |stream| matches!(stream, Stream::Events { .. }),
        |stream| matches!(stream, Stream::Lines { .. }),
        |stream| matches!(stream, Stream::Bytes(_)),
    ];
    let examples: Vec<String> = kinds.iter().filter_map(|is_wanted| stream(page, is_wanted)).collect();
    if examples.is_empty() {
        return None;
    }
    let mut paragraphs =
        vec!["A body can be read while it is received; the blocking methods return iterators and readers.".to_owned()];
    paragraphs.extend(examples);
    Some(titled("Streams", &paragraphs))
}

/// Returns the code that reads a stream of one kind.
fn stream(page: &Page<'_>, is_wanted: impl Fn(&Stream) -> bool) -> Option<String> {
    let request = page.find(|operation| operation.streams().any(&is_wanted))?;
    let (method, stream) = found(request.operation, &is_wanted)?;
    let method = method.map(|method| {
        let method = ident(method);
        quote!(.#method())
    });
    let made = request.made();
    let made = quote!(#made #method);
    let read = match stream {
        Stream::Events { .. } => quote! {
            let mut events = #made.events(&client).await?;
            while let Some(event) = events.next().await {
                let event = event?;
                println!("{:?}", event.data);
            }
        },
        Stream::Lines { .. } => quote! {
            let mut lines = #made.lines(&client).await?;
            while let Some(line) = lines.next().await {
                let line = line?;
                println!("{line:?}");
            }
        },
        Stream::Bytes(_) => quote! {
            let mut body = #made.stream(&client).await?;
            while let Some(chunk) = body.chunk().await? {
                println!("{} bytes", chunk.len());
            }
        },
    };
    Some(start(&request).shown("", read).fenced())
}

/// Returns a stream of an operation, and the method that requests its media type where that is another one.
fn found(operation: &Operation, is_wanted: impl Fn(&Stream) -> bool) -> Option<(Option<&str>, &Stream)> {
    let own = operation.streams.iter().map(|stream| (None, stream));
    let others = operation.alternatives.iter();
    let others = others.filter_map(|other| Some((Some(other.method.as_str()), other.stream.as_ref()?)));
    own.chain(others).find(|(_, stream)| is_wanted(stream))
}

/// Starts code that gets a client, and hides the values of the arguments.
fn start(request: &Request<'_>) -> Snippet {
    let krate = &request.page.krate;
    let snippet = Snippet::default()
        .import_hidden(&quote!(#krate), "Client")
        .argument(quote!(client: Client));
    request.start(snippet, false)
}
