//! What glides sets out a frame after the edit that sends it.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;

use super::super::browser;

/// Elements that are to glide, and what an attribute of each becomes. Nothing looks another way for their waiting, since a
/// glide's first frame shows the old place and size; but to begin it takes the browser a quarter of a frame in the shop, with
/// which an edit may miss its own.
#[derive(Clone, Default)]
pub struct Glides(Rc<RefCell<Vec<Glide>>>);

struct Glide {
    element: Element,
    attribute: &'static str,
    value: String,
}

/// What the style sheet lets glide besides places: the sides of a box, and of the hatch on a lost zone.
const SIZES: [&str; 2] = ["width", "height"];
const SIZED: &str = "rect.box, rect.veil";

/// The reader wants motion, as the style sheet asks it.
const MOTION: &str = "(prefers-reduced-motion: no-preference)";

impl Glides {
    /// Moves a piece.
    pub fn to(&self, piece: &Element, place: &str) {
        self.add(piece, "transform", place);
    }

    /// Sets an attribute: at once, unless it is one that glides.
    pub fn set(&self, element: &Element, name: &str, value: &str) {
        let size = SIZES.into_iter().find(|it| *it == name);
        match size.filter(|_| element.matches(SIZED).unwrap_or(false)) {
            Some(size) => self.add(element, size, value),
            None => set(element, name, value),
        }
    }

    /// What an attribute becomes that has not set out yet.
    pub fn coming(&self, element: &Element, name: &str) -> Option<String> {
        let glides = self.0.borrow();
        let mut latest = glides.iter().rev();
        let glide = latest.find(|it| it.attribute == name && it.element == *element)?;
        Some(glide.value.clone())
    }

    /// Lets them set out behind the present frame; at once where the reader wants no motion.
    pub fn plan(&self) {
        if browser::matches(MOTION) {
            let glides = self.clone();
            browser::after_frame(move || glides.set_out());
        } else {
            self.set_out();
        }
    }

    /// Lets all set out that have not yet.
    pub fn set_out(&self) {
        for it in self.0.take() {
            set(&it.element, it.attribute, &it.value);
        }
    }

    fn add(&self, element: &Element, attribute: &'static str, value: &str) {
        self.0.borrow_mut().push(Glide {
            element: element.clone(),
            attribute,
            value: value.to_owned(),
        });
    }
}

/// Sets an attribute at once.
pub fn set(element: &Element, name: &str, value: &str) {
    // The names are the printer's own, which no browser refuses.
    let _ = element.set_attribute(wasm_bindgen::intern(name), value);
}
