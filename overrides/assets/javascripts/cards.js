/*
 * The cards of figures and terms open by CSS alone. This adds what CSS cannot:
 * Escape puts a card away without moving pointer or focus, and on a touch
 * screen, where there is no hovering, the first tap opens the card and a link
 * in it leads on.
 */
(function () {
  var more = document.currentScript.getAttribute("data-more")
  var touch = false

  function close() {
    document.querySelectorAll(".fact.is-open").forEach(function (fact) {
      fact.classList.remove("is-open")
    })
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return
    close()
    var facts = document.querySelectorAll(".fact:hover, .fact:focus-within")
    facts.forEach(function (fact) {
      fact.classList.add("is-shut")
      function again() {
        fact.classList.remove("is-shut")
      }
      fact.addEventListener("pointerleave", again, { once: true })
      fact.addEventListener("focusout", again, { once: true })
    })
  })

  document.addEventListener("pointerdown", function (event) {
    touch = event.pointerType === "touch"
  })

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".figure, .term, .rival")
    var fact = event.target.closest(".fact")
    if (!touch || !fact) return close()
    if (!link || fact.classList.contains("is-open")) return
    event.preventDefault()
    close()
    var card = fact.querySelector(".card")
    if (!card.querySelector(".card-more")) {
      var a = document.createElement("a")
      a.className = "card-more"
      a.href = fact.querySelector("a").href
      a.textContent = more
      card.append(a)
    }
    fact.classList.add("is-open")
  })
})()
