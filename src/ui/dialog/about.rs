//! What the product is, what it knows, and what it is not.

use leptos::prelude::*;

use super::super::session::Session;
use crate::text::text;

#[component]
pub fn About() -> impl IntoView {
    let session = Session::expect();
    let say = move |it| session.say(it);
    let version = concat!("Azimuth ", env!("CARGO_PKG_VERSION"));
    let prices = move || {
        let words = text(
            "ui.about.prices",
            "Prices are list prices of {as_of}: no free tier, no discount, no tax.",
        );
        session.tell_in(&words.with("as_of", session.bill.read().as_of))
    };
    view! {
        <p>{say(text("ui.about.what", "Azimuth draws a multi-AZ AWS architecture, breaks it, fixes it and deploys it. Everything happens in this browser; nothing is sent anywhere."))}</p>
        <p>{say(text("ui.about.model", "Failure timings are those of AWS's documents. Where AWS gives no figure, the page says “modelled”: a choice of this model, and yours to change under Assumptions."))}</p>
        <p>{prices}</p>
        <p>{say(text("ui.about.saved", "Your work is saved in this browser only, which may clear it. Keep the link or the design file."))}</p>
        <p>{say(text("ui.about.aws", "Azimuth is not affiliated with or endorsed by Amazon Web Services. AWS and the names of its services are trademarks of Amazon.com, Inc. or its affiliates. The icons are Azimuth's own."))}</p>
        <p class="note">{version} " · MIT OR Apache-2.0"</p>
    }
}
