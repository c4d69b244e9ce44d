using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.DurableTask;

// Written as types, or as objects that serve every call.
public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds an activity that a factory makes anew for each run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="factory">The factory, which is given the services of the run.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, Func<IServiceProvider, ITaskActivity> factory) =>
        Add(name, default, factory);

    /// <summary>Adds an activity that is a class; it is taken from the services, or made with them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The class.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, Type type)
    {
        CheckIsConcrete<ITaskActivity>(type);
        return Add(name, VersionOf(type), services => (ITaskActivity)ActivatorUtilities.GetServiceOrCreateInstance(services, type));
    }

    /// <summary>
    /// Adds an activity that is a class, under the name in its <see cref="DurableTaskAttribute"/> or its own;
    /// it is taken from the services, or made with them.
    /// </summary>
    /// <param name="type">The class.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddActivity(Type type)
    {
        CheckIsConcrete<ITaskActivity>(type);
        return AddActivity(NameOf(type), type);
    }

    /// <summary>Adds an activity that is a class; it is taken from the services, or made with them.</summary>
    /// <typeparam name="TActivity">The class.</typeparam>
    /// <param name="name">Its name.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddActivity<TActivity>(TaskName name)
        where TActivity : class, ITaskActivity => AddActivity(name, typeof(TActivity));

    /// <summary>
    /// Adds an activity that is a class, under the name in its <see cref="DurableTaskAttribute"/> or its own;
    /// it is taken from the services, or made with them.
    /// </summary>
    /// <typeparam name="TActivity">The class.</typeparam>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddActivity<TActivity>()
        where TActivity : class, ITaskActivity => AddActivity(typeof(TActivity));

    /// <summary>Adds an activity that is one object, which serves every run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The object.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, ITaskActivity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return Add(name, VersionOf(activity.GetType()), _ => activity);
    }

    /// <summary>
    /// Adds an activity that is one object, which serves every run, under the name in its type's
    /// <see cref="DurableTaskAttribute"/> or that of the type.
    /// </summary>
    /// <param name="activity">The object.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivity(ITaskActivity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(NameOf(activity.GetType()), activity);
    }

    private DurableTaskRegistry Add(TaskName name, TaskVersion version, Func<IServiceProvider, ITaskActivity> factory)
    {
        activities.Add(name, version, factory);
        return this;
    }
}
