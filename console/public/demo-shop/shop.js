// The demo shop's page: its shelf, a product behind `#YX01`, and the chat with the key from `?key=`.
(function () {
  var main = document.getElementById("main");
  var key = new URLSearchParams(location.search).get("key");
  var goods = [];

  function copy(id) {
    return document.getElementById(id).content.cloneNode(true);
  }

  function put(within, selector, text) {
    within.querySelector(selector).textContent = text;
  }

  function picture(within, good) {
    var image = within.querySelector("img");
    image.src = good.id + ".webp";
    image.alt = good.title;
  }

  function shelf() {
    var page = copy("shelf");
    goods.forEach(function (good) {
      var item = copy("good");
      item.querySelector("a").href = "#" + good.id;
      picture(item, good);
      put(item, "h2", good.title);
      put(item, ".about", good.about);
      put(item, ".price", good.price);
      page.querySelector(".goods").append(item);
    });
    return page;
  }

  function product(good) {
    var page = copy("product");
    picture(page, good);
    put(page, "h1", good.title);
    put(page, ".about", good.about);
    put(page, ".price", good.price);
    good.forms.forEach(function (form) {
      var item = document.createElement("li");
      item.textContent = form;
      page.querySelector(".forms").append(item);
    });
    Object.entries(good.facts).forEach(function (fact) {
      var name = document.createElement("dt");
      var value = document.createElement("dd");
      name.textContent = fact[0];
      value.textContent = fact[1];
      page.querySelector("dl").append(name, value);
    });
    return page;
  }

  function show() {
    var good = goods.find(function (each) {
      return "#" + each.id === location.hash;
    });
    main.replaceChildren(good ? product(good) : shelf());
    document.title = good ? good.title + " · 檐下碗铺" : "檐下碗铺";
    scrollTo(0, 0);
    // The chat is told what is looked at, so that "这个能进微波炉吗" needs no name.
    var chat = document.querySelector("zhanggui-chat");
    if (!chat) return;
    if (good) chat.setAttribute("data-product", good.id);
    else chat.removeAttribute("data-product");
  }

  // An element of one's own is there before the script that makes it a chat.
  if (key) {
    var chat = document.createElement("zhanggui-chat");
    chat.setAttribute("data-key", key);
    document.body.append(chat);
    var script = document.createElement("script");
    script.src = "/widget.js";
    document.body.append(script);
  } else {
    document.body.classList.add("no-key");
    document.getElementById("notice").textContent =
      "这里还没有客服：请从掌柜控制台的“设置”里打开网页客服，那里的演示链接带着店铺的 key（/demo-shop/index.html?key=…）。";
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-chat]")) document.querySelector("zhanggui-chat").open();
  });
  addEventListener("hashchange", show);
  fetch("goods.json")
    .then(function (answer) {
      return answer.json();
    })
    .then(function (read) {
      goods = read;
      show();
    });
})();
