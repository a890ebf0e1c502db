// The same work for each of many things, on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sdd::workspace {

// Called now and then, by any thread but never by two at once, with what is done so far.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

// Calls work(state, i) for each i below `count`, on at most `jobs` threads (0 counts as 1), each of
// which made its own `state` with make_state(): its buffers are its own. Each thread takes the next
// number from a common counter, so that large and small things level out by themselves.
template <typename MakeState, typename Work>
void for_each_index(std::size_t count, unsigned jobs, const MakeState& make_state, const Work& work,
                    const Progress& progress = {}) {
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  std::mutex progress_mutex;
  const auto run = [&] {
    auto state = make_state();
    for (std::size_t i = next++; i < count; i = next++) {
      work(state, i);
      const std::size_t so_far = ++done;
      if (!progress) continue;
      const std::unique_lock<std::mutex> lock(progress_mutex, std::try_to_lock);
      if (lock) progress(so_far, count);
    }
  };
  const std::size_t threads_wanted = std::min<std::size_t>(std::max(jobs, 1U), count);
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < threads_wanted; ++i) threads.emplace_back(run);
  run();
}

// The same for work that needs no state: work(i).
template <typename Work>
void for_each_index(std::size_t count, unsigned jobs, const Work& work) {
  for_each_index(
      count, jobs, [] { return 0; }, [&](int, std::size_t i) { work(i); });
}

}  // namespace sdd::workspace
