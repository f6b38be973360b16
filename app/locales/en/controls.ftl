# What islands say.

password-show = Show password
password-hide = Hide password
password-visible = Your password is visible
password-caps = Caps Lock is on
password-visible-caps = Your password is visible. Caps Lock is on.

copy-by-hand = Press Ctrl+C
no-answer = The server does not answer. Nothing you typed is lost: try again.
call-signed-out = You were signed out. Sign in again to go on.
call-other-person = You are now signed in as { $user }. Nothing was done.
call-other-person-go-on = Go on as { $user }
call-other-person-switch = Use another account
call-old-page = This page is older than the server. Nothing was done.
call-reload = Reload
call-foreign = This page was open too long. Nothing was done.
call-not-found = This no longer exists, or it is not yours.
call-unreadable = The server could not read what was sent. Nothing was done.
call-too-large = This is more than a form can hold. Nothing was done.
call-unavailable = The server cannot do this now. Try again in a moment.
call-internal = Something went wrong on our side. Try again.

scope-add = Add
scope-added = { $count ->
    [one] { $scope } added. { $count } scope.
   *[other] { $scope } added. { $count } scopes.
 }
scope-removed = { $count ->
    [one] { $scope } removed. { $count } scope.
   *[other] { $scope } removed. { $count } scopes.
 }
scope-present = { $count ->
    [one] Already added. { $count } scope.
   *[other] Already added. { $count } scopes.
 }

uri-add = Add redirect URL

consent-some = Allow gives { $given }, without { $refused }.
consent-nothing = Allow gives nothing: you left out { $refused }.
consent-preview = { $name } wants to access { $operator } as you
