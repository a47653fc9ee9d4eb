/*
 * The theme asks for the index of the search, the largest file of the site, as
 * soon as a page opens. Most readers never search: here the request waits until
 * pointer or focus comes to the search, or the address brings a question. It
 * runs before the theme's script, and from a disk there is nothing to wait for.
 */
;(function () {
  var send = XMLHttpRequest.prototype.send
  var open = XMLHttpRequest.prototype.open
  var wanted = /[?&]q=/.test(location.search)
  var waiting = []

  XMLHttpRequest.prototype.open = function (method, address) {
    this.later = /\/search\/search_index\.json$/.test(String(address))
    return open.apply(this, arguments)
  }
  XMLHttpRequest.prototype.send = function () {
    if (this.later && !wanted) waiting.push([this, arguments])
    else send.apply(this, arguments)
  }

  function want(event) {
    if (wanted || !event.target.closest("[data-md-component=search], [for=__search]")) return
    wanted = true
    waiting.forEach(function (request) {
      send.apply(request[0], request[1])
    })
  }
  ;["pointerover", "focusin", "click"].forEach(function (kind) {
    document.addEventListener(kind, want)
  })
})()
