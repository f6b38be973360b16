# The signed-in browsers.

sessions-lead = The browsers in which you are signed in. End those that you do not know.
sessions-browser = Browser
sessions-address = Address
sessions-signed-in = Signed in
sessions-last-active = Last active
sessions-this-device = This device
sessions-details = Details
sessions-only-here = You are signed in only here
sessions-only-here-next = A browser appears in this list when you sign in with it.
sessions-end-others = Sign out everywhere else
sessions-end-others-question = Sign out everywhere else?
sessions-end-others-text = { $count ->
    [one] You will be signed out of { $count } other browser. This one stays signed in.
   *[other] You will be signed out of { $count } other browsers. This one stays signed in.
  }
sessions-ended = Session signed out
sessions-others-ended = { $count ->
    [one] { $count } other session signed out
   *[other] { $count } other sessions signed out
  }
sessions-no-others = You were signed in only here

device-on = { $browser } on { $system }
device-unknown = Unknown browser
device-unknown-on = Unknown browser on { $system }
