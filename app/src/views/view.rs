//! Type-erased views.
//!
//! On the server this is Leptos's `AnyView`. In the browser `AnyView` contains code to hydrate,
//! resolve and build each type of view: most of a bundle's size. Views after an answer are only
//! built and rebuilt, so [`View`] keeps no more than that. What an island hydrates keeps its type
//! (`impl IntoView`).

#[cfg(not(feature = "ssr"))]
pub(crate) use built::View;
#[cfg(feature = "ssr")]
pub(crate) use leptos::prelude::AnyView as View;

use leptos::children::ToChildren;
use leptos::prelude::*;

/// Type-erases a view.
pub(crate) trait ToView: IntoView + 'static {
    /// The type-erased view.
    fn view(self) -> View;
}

#[cfg(feature = "ssr")]
impl<T: IntoView + 'static> ToView for T {
    fn view(self) -> View {
        self.into_any()
    }
}

#[cfg(not(feature = "ssr"))]
impl<T: IntoView + 'static> ToView for T {
    fn view(self) -> View {
        View::of(self)
    }
}

/// Type-erased children of a component.
pub(crate) struct ErasedChildren(Box<dyn FnOnce() -> View + Send>);

impl ErasedChildren {
    /// The view.
    pub(crate) fn render(self) -> View {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for ErasedChildren
where
    F: FnOnce() -> V + Send + 'static,
    V: IntoView + 'static,
{
    fn to_children(children: F) -> Self {
        Self(Box::new(move || children().view()))
    }
}

#[cfg(not(feature = "ssr"))]
mod built {
    use leptos::tachys::html::attribute::Attribute;
    use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
    use leptos::tachys::hydration::Cursor;
    use leptos::tachys::renderer::types::{Element, Node};
    use leptos::tachys::view::add_attr::AddAnyAttr;
    use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
    use std::any::{Any, TypeId};

    /// A view that the browser builds.
    pub struct View {
        kind: TypeId,
        view: Box<dyn ErasedRender>,
    }

    impl View {
        pub(super) fn of<T: Render + Send + 'static>(view: T) -> Self {
            Self { kind: TypeId::of::<T>(), view: Box::new(view) }
        }
    }

    trait ErasedRender: Send {
        fn build(self: Box<Self>) -> Box<dyn ErasedState>;
        fn rebuild(self: Box<Self>, state: &mut dyn Any);
    }

    impl<T: Render + Send + 'static> ErasedRender for T {
        fn build(self: Box<Self>) -> Box<dyn ErasedState> {
            Box::new(Render::build(*self))
        }

        fn rebuild(self: Box<Self>, state: &mut dyn Any) {
            if let Some(state) = state.downcast_mut() {
                Render::rebuild(*self, state);
            }
        }
    }

    trait ErasedState: Mountable + Any {}
    impl<T: Mountable + Any> ErasedState for T {}

    /// The state of a built [`View`].
    pub struct ViewState {
        kind: TypeId,
        state: Box<dyn ErasedState>,
    }

    impl Render for View {
        type State = ViewState;

        fn build(self) -> ViewState {
            ViewState { kind: self.kind, state: self.view.build() }
        }

        fn rebuild(self, built: &mut ViewState) {
            if self.kind == built.kind {
                return self.view.rebuild(built.state.as_mut());
            }
            let mut new = self.build();
            built.insert_before_this(&mut new);
            built.unmount();
            *built = new;
        }
    }

    impl Mountable for ViewState {
        fn unmount(&mut self) {
            self.state.unmount();
        }

        fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
            self.state.mount(parent, marker);
        }

        fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
            self.state.insert_before_this(child)
        }

        fn elements(&self) -> Vec<Element> {
            self.state.elements()
        }
    }

    impl AddAnyAttr for View {
        type Output<A: Attribute> = Self;

        fn add_any_attr<A: Attribute>(self, _: A) -> Self {
            self
        }
    }

    /// Unreachable: the server renders `AnyView`, and hydrated views keep their types.
    impl RenderHtml for View {
        type AsyncOutput = Self;
        type Owned = Self;

        const MIN_LENGTH: usize = 0;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> Self {
            self
        }

        fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

        fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> ViewState {
            self.build()
        }

        fn into_owned(self) -> Self {
            self
        }
    }
}
